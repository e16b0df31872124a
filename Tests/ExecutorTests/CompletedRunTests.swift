// SPDX-License-Identifier: Apache-2.0

import ExecutorService
import Model
import Records
import Repositories
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CompletedRunTests {
    private let files: [String: WorkspaceFiles.Item] = [
        "README.md": .file("# Hello\n"), "src/main.c": .file("int main() { return 1; }\n"),
        "run.sh": .executable("#!/bin/sh\n"), "link": .link("README.md"),
    ]

    @Test func `a run completes with a patch that applies, its log and its files`() async throws {
        try await WorkerStage.with { stage in
            let archive = try await stage.store(archive: WorkspaceFiles.archive(files))
            let run = try await stage.execute(
                ScriptedAgent(
                    """
                    echo "prompt: $1"; echo careful >&2
                    sed -i 's/return 1/return 0/' src/main.c
                    printf 'new\\n' > src/new.c; rm run.sh; echo '# Plan' > plan.md
                    mkdir -p "$TLAO_OUTPUT_DIR/docs"; echo text > "$TLAO_OUTPUT_DIR/docs/notes.txt"
                    """),
                TaskSpec(
                    taskType: .codeChange, input: .init(prompt: "Fix it."),
                    output: .init(expectedArtifacts: [.codeChange, .executionPlan])),
                archive: archive)

            #expect(run.status == .completed)
            #expect(run.failure == nil && run.warnings == [])
            #expect(try await stage.output(of: run) == "prompt: Fix it.\n")
            #expect(try await stage.output(of: run, "stderr") == "careful\n")
            #expect(try await stage.text("docs/notes.txt", of: run) == "text\n")
            #expect(try await stage.text("plan.md", of: run) == "# Plan\n")
            let log = try await stage.text("run.log", of: run)
            #expect(log.contains("prompt: Fix it.\n") && log.contains("careful\n"))
            #expect(try await stage.runs.logTail(of: run.id) == log)

            let patch = try await stage.content("changes.patch", of: run)
            try await withTemporaryDirectory { folder in
                try WorkspaceFiles.write(files, to: folder)
                try await WorkspaceFiles.apply(patch, in: folder)
                var expected = files
                expected["src/main.c"] = .file("int main() { return 0; }\n")
                expected["src/new.c"] = .file("new\n")
                expected["plan.md"] = .file("# Plan\n")
                expected["run.sh"] = nil
                #expect(try WorkspaceFiles.read(folder) == expected)
            }
        }
    }

    @Test func `the timeline tells each phase once and ends with the end`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(ScriptedAgent("echo hello"))
            let events = try await stage.timeline(of: run)
            #expect(
                events.compactMap(\.phase) == [
                    .queued, .assigned, .preparing, .running, .collecting, .ended,
                ])
            #expect(events.last?.status == .completed)
            #expect(run.lastSequence == Int64(events.count))
            let published = stage.publisher.records(on: .runEvents).compactMap { record in
                if case .runProgressed(let event, _) = record { event } else { nil }
            }
            #expect(published == events.filter { $0.sequenceNumber > 2 })
            #expect(
                stage.publisher.records(on: .runRequests).contains(
                    .runEnded(run.id, in: run.workspaceID)))
            #expect(run.dueAt == nil)
            #expect(try await stage.runs.slotHolders(of: run.workspaceID) == [])
        }
    }

    @Test func `an artifact's step, record and object say the same`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent("echo '{}' > $TLAO_OUTPUT_DIR/data.json"))
            let artifacts = try await stage.artifacts(of: run)
            let steps = try await stage.timeline(of: run).filter { $0.type == .artifactReady }
            #expect(artifacts.map(\.fileName) == ["data.json", "run.log"])
            #expect(steps.map { $0.data["artifactId"]?.text } == artifacts.map(\.id.text))
            #expect(steps.map { $0.data["sha256"]?.text } == artifacts.map(\.sha256))
            #expect(artifacts.map(\.artifactType) == [.document, .log])
            #expect(run.logArtifactID == artifacts.last?.id)
            #expect(try await stage.runs.artifactIDs(of: run.id) == run.artifactIDs.sorted())
        }
    }

    @Test func `a run without an archive starts in an empty folder`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(ScriptedAgent("ls -A | wc -l; pwd | sed 's|.*/||'"))
            #expect(try await stage.output(of: run) == "0\nworkspace\n")
            #expect(try await stage.artifacts(of: run).map(\.fileName) == ["run.log"])
        }
    }

    @Test func `what was expected and is not there is a warning`() async throws {
        try await WorkerStage.with { stage in
            let run = try await stage.execute(
                ScriptedAgent("true"),
                TaskSpec(
                    taskType: .docWrite,
                    input: .init(prompt: "Write.", files: ["there.md", "missing.md"]),
                    output: .init(expectedArtifacts: [.document])),
                archive: try await stage.store(
                    archive: WorkspaceFiles.archive(["there.md": .file("")])))
            #expect(run.status == .completed)
            #expect(run.warnings.map(\.code) == [.fileMissing, .artifactMissing])
            #expect(run.warnings.first?.message.contains("missing.md") == true)
            #expect(run.warnings.first?.count == 1)
        }
    }

    @Test func `links in the output folder, or in its place, lead to no artifact`() async throws {
        try await WorkerStage.with { stage in
            let inside = try await stage.execute(
                ScriptedAgent("ln -s /etc/passwd $TLAO_OUTPUT_DIR/p; ln -s /etc $TLAO_OUTPUT_DIR/e")
            )
            #expect(try await stage.artifacts(of: inside).map(\.fileName) == ["run.log"])
            let replaced = try await stage.execute(
                ScriptedAgent("rmdir $TLAO_OUTPUT_DIR; ln -s /etc $TLAO_OUTPUT_DIR"))
            #expect(try await stage.artifacts(of: replaced).map(\.fileName) == ["run.log"])
        }
    }

    @Test func `more files than are kept come in one archive`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(
                ScriptedAgent(
                    "cd $TLAO_OUTPUT_DIR; for i in 1 2 3 4 5 6; do echo $i > $i.txt; done"))
            let run = try await stage.submit()
            var configuration = try stage.configuration()
            configuration.artifactCount = 5
            try await stage.withWorker(configuration) { _ in
                try await stage.assign(run)
                let ended = try await stage.ended(run)
                #expect(
                    try await stage.artifacts(of: ended).map(\.fileName)
                        == ["1.txt", "2.txt", "3.txt", "more.tar.gz", "run.log"])
                #expect(ended.warnings.map(\.code) == [.artifactLeftOut])
                #expect(ended.warnings.first?.count == 3)
            }
        }
    }

    @Test func `the prompt comes by argument, standard input or file`() async throws {
        try await WorkerStage.with { stage in
            let spec = TaskSpec(taskType: .docWrite, input: .init(prompt: "Say \"hé\""))
            let agents = [
                ScriptedAgent("printf %s \"$1\""),
                ScriptedAgent("cat", promptVia: .stdin),
                ScriptedAgent("", promptVia: .file).with(command: ["/bin/cat", "{promptFile}"]),
                ScriptedAgent("").with(command: ["/bin/echo", "-n", "{prompt}"]),
            ]
            for agent in agents {
                let run = try await stage.execute(agent, spec)
                #expect(try await stage.output(of: run) == "Say \"hé\"")
            }
        }
    }
}

extension ScriptedAgent {
    func with(command: [String]) -> ScriptedAgent {
        var agent = self
        agent.command = command
        return agent
    }
}
