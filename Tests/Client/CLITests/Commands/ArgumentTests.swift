// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Model
import PropertyTesting
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(2))) struct ArgumentTests {
    private static let id = "0190a000-0000-7000-8000-000000000001"

    private func parse<Command: ParsableCommand>(
        _ type: Command.Type, _ arguments: String...
    ) throws -> Command {
        try requireValue(try TlaoCommand.parseAsRoot(arguments) as? Command)
    }

    @Test func `options of every command are taken before and after its name`() throws {
        let before = try parse(RunsList.self, "--json", "--api", "http://h", "runs", "list")
        let after = try parse(RunsList.self, "runs", "list", "--api", "http://h", "--json", "-q")
        #expect(before.global.json && before.global.api == "http://h" && !before.global.quiet)
        #expect(after.global.json && after.global.api == "http://h" && after.global.quiet)
    }

    @Test func `runs alone lists runs`() throws {
        #expect(try parse(RunsList.self, "runs", "--limit", "3").pages.limit == 3)
    }

    @Test func `run takes its limits, paths repeatedly`() throws {
        let code = try parse(
            RunCode.self, "run", "code", "Do it", "--path", "d", "--workspace", Self.id,
            "--executor", "kiro", "--time-limit", "60", "--write-path", "a", "--write-path", "b",
            "--read-only-path", "c", "--priority", "9", "--detach")
        #expect(code.options.prompt == "Do it")
        #expect(code.options.path == "d")
        #expect(code.options.choice.workspace == WorkspaceID(Self.id))
        #expect(code.options.executor == "kiro")
        #expect(code.options.priority == 9)
        #expect(code.options.detach)
        #expect(
            code.options.constraints
                == TaskSpec.Constraints(
                    timeLimitSec: 60, readOnlyPaths: ["c"], writePaths: ["a", "b"]))
    }

    @Test func `without limits a run has no constraints, and - is a prompt`() throws {
        let plan = try parse(RunPlan.self, "run", "plan", "-")
        #expect(plan.options.prompt == "-")
        #expect(plan.options.constraints == nil)
    }

    @Test func `ids are taken in upper case too`() throws {
        #expect(try parse(RunsShow.self, "runs", "show", Self.id.uppercased()).id.text == Self.id)
        #expect(try parse(RunsLogs.self, "runs", "logs", "-f", Self.id).follow)
    }

    @Test(arguments: [
        ["bogus"], ["runs", "bogus"], ["runs", "show"], ["runs", "show", "1"],
        ["runs", "--limit", "0"], ["runs", "--limit", "201"], ["runs", "--limit", "x"],
        ["run", "code", "x", "--priority", "10"], ["run", "code", "x", "--time-limit", "0"],
        ["run", "code", ""], ["run", "code", "two", "words"], ["run", "code", "x", "--bogus"],
        ["run", "code", "x", "--workspace", "w"], ["artifact", "get"], ["executor", "register"],
        ["workspace", "use", "default"], ["--api", "localhost:8080", "whoami"],
        ["whoami", "--api", "http://"], ["login", "--username"],
    ])
    func `a wrong command line is a usage error`(arguments: [String]) throws {
        let error = try #require(throws: (any Error).self) {
            _ = try TlaoCommand.parseAsRoot(arguments)
        }
        #expect(TlaoCommand.exitCode(for: error).rawValue == 64)
    }

    @Test func `each kind of run stands for a task type and what is expected of it`() {
        let specs = RunKind.allCases.map { $0.taskSpec(prompt: "p", constraints: nil) }
        #expect(
            specs.map(\.taskType)
                == [.specGenerate, .specGenerate, .codeChange, .docWrite, .deployRun])
        #expect(
            specs.map { $0.output?.expectedArtifacts } == [
                [.executionPlan], [.document, .executionPlan], [.codeChange], nil, nil,
            ])
    }
}
