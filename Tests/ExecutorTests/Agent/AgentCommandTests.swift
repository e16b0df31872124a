// SPDX-License-Identifier: Apache-2.0

import Model
import Processes
import Testing

@testable import ExecutorService

@Suite struct AgentCommandTests {
    private let folder = RunFolder(path: "/work/run")

    private func words(
        _ command: [String], _ prompt: String = "do it",
        via delivery: ExecutorConfig.PromptDelivery? = nil
    ) throws -> AgentCommand {
        var config = ExecutorConfig(protocol: .command, command: command)
        config.promptVia = delivery
        return try AgentCommand(config, prompt: prompt, folder: folder)
    }

    @Test(arguments: [
        (["a", "{prompt}"], ["a", "do it"]),
        (["a", "--p={prompt}", "b"], ["a", "--p=do it", "b"]),
        (["a"], ["a", "do it"]),
        (["a", "{promptFile}"], ["a", "/work/run/prompt.txt", "do it"]),
        (
            ["a", "{workspace}/x", "{outputDir}"],
            ["a", "/work/run/workspace/x", "/work/run/output", "do it"]
        ),
        (["a", "{other}", "{", "}", "{{prompt}"], ["a", "{other}", "{", "}", "{do it"]),
    ])
    func `placeholders are filled in`(command: [String], expected: [String]) throws {
        #expect(try words(command).words == expected)
    }

    @Test func `what is filled in is not filled in again`() throws {
        #expect(try words(["a", "{prompt}"], "{workspace}").words == ["a", "{workspace}"])
    }

    @Test func `only an argument's prompt is added as the last word`() throws {
        #expect(try words(["a"], via: .stdin).words == ["a"])
        #expect(try words(["a"], via: .stdin).input == .file(path: folder.prompt))
        #expect(try words(["a", "{promptFile}"], via: .file).words == ["a", folder.prompt])
        #expect(try words(["a"], via: .argument).input == .none)
    }

    @Test func `a prompt that no argument can hold is refused with the way out`() throws {
        let longest = String(repeating: "x", count: AgentCommand.longestWord)
        #expect(try words(["a"], longest).words.last == longest)
        let fault = #expect(throws: RunFault.self) { try words(["a"], longest + "x") }
        #expect(fault?.failure.code == .agentFailed)
        #expect(fault?.failure.message.contains("{promptFile}") == true)
        #expect(try words(["a"], longest + "x", via: .stdin).words == ["a"])
        #expect(throws: RunFault.self) { try words(["a"], "a\0b") }
    }

    @Test func `the prompt names the files`() {
        #expect(PromptText.text(for: .init(prompt: "p")) == "p")
        let text = PromptText.text(for: .init(prompt: "p", files: ["a.c", "b.c"]))
        #expect(text.hasPrefix("p\n\n") && text.contains("\n- a.c\n- b.c\n"))
    }
}
