// SPDX-License-Identifier: Apache-2.0

import ExecutorService
import Model
import Repositories
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct FailedRunTests {
    @Test func `another exit code than 0 fails the run with the end of its errors`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent("echo made > $TLAO_OUTPUT_DIR/a.txt; echo oh dear >&2; exit 3"))
            #expect(run.status == .failed)
            #expect(run.failure?.code == .agentFailed)
            #expect(run.failure?.message == "The agent exited with 3:\noh dear\n")
            #expect(try await stage.artifacts(of: run).map(\.fileName) == ["a.txt", "run.log"])
            #expect(try await stage.text("run.log", of: run) == "oh dear\n")
            let last = try await stage.timeline(of: run).suffix(2)
            #expect(last.map(\.type) == [.runError, .statusChange])
        }
    }

    @Test func `only the last 4 KiB of the errors are told`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent("seq 1 5000 >&2; exit 1"))
            let message = try #require(run.failure?.message)
            #expect(message.hasSuffix("4999\n5000\n"))
            #expect((4_000...4_200).contains(message.utf8.count))
        }
    }

    @Test func `a signal is a crash`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(ScriptedAgent("kill -SEGV $$"))
            #expect(run.failure?.code == .agentCrashed)
            #expect(run.failure?.message.contains("11") == true)
        }
    }

    @Test func `a program that isn't there is named by the failure`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent("").with(command: ["no-such-agent-program"]))
            #expect(run.failure?.code == .agentNotFound)
            #expect(try await stage.artifacts(of: run).map(\.fileName) == ["run.log"])
        }
    }

    @Test func `a run over its time limit is terminated and what there is is kept`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent(
                    "trap '' TERM; echo begun; echo half > half.md; while :; do sleep 1; done"),
                timeLimit: 6)
            #expect(run.status == .timedOut)
            #expect(run.failure == nil)
            #expect(try await stage.text("run.log", of: run) == "begun\n")
            #expect(
                try await stage.artifacts(of: run).map(\.fileName)
                    == ["changes.patch", "half.md", "run.log"])
        }
    }

    @Test(arguments: [
        TaskSpec.Constraints(readOnlyPaths: ["src"]), .init(writePaths: ["docs"]),
    ])
    func `restricted paths fail the run before anything is run`(
        _ constraints: TaskSpec.Constraints
    ) async throws {
        try await WorkerStage.with { stage in
            let mark = stage.folder + "/ran"
            let run = try await stage.execute(
                ScriptedAgent("touch \(mark)"),
                TaskSpec(
                    taskType: .codeChange, input: .init(prompt: "p"), constraints: constraints))
            #expect(run.failure?.code == .sandboxUnavailable)
            #expect(try WorkspaceFiles.read(stage.folder)["ran"] == nil)
            #expect(try await stage.text("run.log", of: run).contains("sandbox_unavailable"))
        }
    }

    @Test func `a protocol of a later version fails clearly`() async throws {
        try await WorkerStage.with { stage in
            var agent = ScriptedAgent("true")
            agent.agentProtocol = .acp
            let run = try await stage.execute(agent)
            #expect(run.failure?.code == .agentProtocolError)
            #expect(run.failure?.message.contains("command agents only") == true)
        }
    }

    // MARK: Archives

    @Test func `an archive that was never uploaded is missing`() async throws {
        try await WorkerStage.with { stage in
            let archive = try await stage.store(archive: [1, 2, 3], uploaded: false)
            let run = try await stage.execute(ScriptedAgent("true"), archive: archive)
            #expect(run.failure?.code == .archiveMissing)
        }
    }

    @Test func `an archive of another size or digest is invalid`() async throws {
        try await WorkerStage.with { stage in
            let bytes = try await WorkspaceFiles.archive(["a": .file("a")])
            for archive in [
                try await stage.store(archive: bytes, announcedSize: 10),
                try await stage.store(
                    archive: bytes, announcedDigest: WorkerStage.digest([0])),
                try await stage.store(archive: Array("no archive".utf8)),
                try await stage.store(archive: Array(bytes.dropLast(20))),
            ] {
                let run = try await stage.execute(
                    ScriptedAgent("echo ran > $TLAO_OUTPUT_DIR/ran"), archive: archive)
                #expect(run.failure?.code == .archiveInvalid)
                #expect(try await stage.artifacts(of: run).map(\.fileName) == ["run.log"])
            }
        }
    }

    @Test func `an archive that unpacks to too much is invalid`() async throws {
        try await WorkerStage.with { stage in
            let archive = try await stage.store(
                archive: WorkspaceFiles.archive([
                    "zeros": .bytes([UInt8](repeating: 0, count: 1 << 20))
                ]))
            try await stage.register(ScriptedAgent("true"))
            let run = try await stage.submit(archive: archive)
            var configuration = try stage.configuration()
            configuration.unpackedBytes = 1 << 19
            try await stage.withWorker(configuration) { _ in
                try await stage.assign(run)
                let ended = try await stage.ended(run)
                #expect(ended.failure?.code == .archiveInvalid)
                #expect(ended.failure?.message.contains("zeros") == true)
            }
        }
    }

    // MARK: Artifacts

    @Test func `an upload that fails for good fails the run and is recorded so`() async throws {
        try await WorkerStage.with(
            objects: { FailingStore($0, failing: "lost.txt", times: .max) }
        ) { stage in
            let run = try await stage.execute(
                ScriptedAgent("echo x > $TLAO_OUTPUT_DIR/lost.txt"))
            #expect(run.status == .failed)
            #expect(run.failure?.code == .artifactUploadFailed)
            let artifacts = try await stage.artifacts(of: run)
            #expect(artifacts.map(\.status) == [.uploadFailed, .stored])
            #expect(artifacts.first?.sha256 == WorkerStage.digest(Array("x\n".utf8)))
            let ready = try await stage.timeline(of: run).filter { $0.type == .artifactReady }
            #expect(ready.map(\.message) == ["run.log"])
        }
    }

    @Test func `an upload that fails twice succeeds`() async throws {
        try await WorkerStage.with(
            objects: { FailingStore($0, failing: "slow.txt", times: 2) }
        ) { stage in
            let run = try await stage.execute(
                ScriptedAgent("echo x > $TLAO_OUTPUT_DIR/slow.txt"))
            #expect(run.status == .completed)
            #expect(try await stage.text("slow.txt", of: run) == "x\n")
        }
    }
}
