// SPDX-License-Identifier: Apache-2.0

import ExecutorService
import Model
import Repositories
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct OutputRunTests {
    @Test func `output streams while the agent works`() async throws {
        try await WorkerStage.with { stage in
            let gate = stage.folder + "/gate"
            try await stage.register(
                ScriptedAgent("echo first; while [ ! -e \(gate) ]; do sleep 0.05; done; echo last"))
            let run = try await stage.submit()
            try await stage.withWorker { _ in
                try await stage.assign(run)
                try await eventually("the first line as a step") {
                    try await stage.output(of: run) == "first\n"
                }
                try await eventually("the first line in the kept tail") {
                    try await stage.runs.logTail(of: run.id) == "first\n"
                }
                #expect(try await stage.current(run).status == .running)
                try WorkspaceFiles.write(["gate": .file("")], to: stage.folder)
                #expect(try await stage.ended(run).status == .completed)
            }
            #expect(try await stage.output(of: run) == "first\nlast\n")
        }
    }

    @Test func `a flood of output becomes steps up to the bound and is drained`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(
                ScriptedAgent("yes 0123456789abcdef | head -c 20000000; echo; echo end"))
            let run = try await stage.submit()
            var configuration = try stage.configuration()
            configuration.streamedOutputBytes = 1 << 20
            try await stage.withWorker(configuration) { _ in
                try await stage.assign(run)
                _ = try await stage.ended(run)
            }
            let ended = try await stage.current(run)
            #expect(ended.status == .completed)
            #expect(try await stage.output(of: run).utf8.count == 1 << 20)
            let steps = try await stage.timeline(of: run)
            #expect(steps.filter { $0.data["notice"] != nil }.count == 1)
            #expect(steps.allSatisfy { $0.message.utf8.count <= 16 << 10 })

            let log = try await stage.content("run.log", of: ended)
            #expect(((1 << 20) - 3)...(1 << 20) ~= log.count)
            #expect(String(decoding: log.suffix(4), as: UTF8.self) == "end\n")
            #expect(ended.logsTruncated)
            #expect(ended.warnings.map(\.code) == [.logTruncated])
            #expect(try await stage.runs.logTail(of: run.id).hasSuffix("\nend\n"))
        }
    }

    @Test func `a log just at the limit is stored as it is`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(ScriptedAgent("head -c 5000 /dev/zero | tr '\\0' x"))
            for (limit, isTruncated) in [(5_000, false), (4_999, true)] {
                let run = try await stage.submit()
                try await stage.withWorker(guardrails: Guardrails(maxLogBytes: limit)) { _ in
                    try await stage.assign(run)
                    let ended = try await stage.ended(run)
                    #expect(ended.logsTruncated == isTruncated)
                    #expect(try await stage.content("run.log", of: ended).count <= limit)
                }
            }
        }
    }

    @Test func `bytes that are not UTF-8 are replaced in steps and kept in the log`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent("printf 'a\\377b\\000c\\303\\251\\n'"))
            #expect(try await stage.output(of: run) == "a\u{FFFD}bc\u{E9}\n")
            #expect(
                try await stage.content("run.log", of: run)
                    == [0x61, 0xFF, 0x62, 0, 0x63, 0xC3, 0xA9, 0x0A])
            #expect(try await stage.runs.logTail(of: run.id) == "a\u{FFFD}bc\u{E9}\n")
        }
    }

    @Test func `a child that keeps the pipe open does not keep the run`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent("(trap '' TERM HUP; sleep 600) & echo done"))
            #expect(run.status == .completed)
            #expect(try await stage.output(of: run) == "done\n")
        }
    }

    @Test func `an agent that closes its output and works on is waited for`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent("exec >&- 2>&-; sleep 0.3; : > late.md; exit 0"))
            #expect(run.status == .completed)
            #expect(try await stage.artifacts(of: run).map(\.fileName).contains("late.md"))
        }
    }
}
