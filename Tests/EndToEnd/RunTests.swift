// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import Model
import TestSupport
import Testing
import TlaoSDK

@Suite(.timeLimit(.minutes(3)))
struct RunTests {
    @Test
    func `a workspace goes in, the agent's patch, files and log come out`() async throws {
        try await withUp { up in
            let scene = try await Scene(on: up, in: up.installation.folder)
            let run = try await up.user.startRun(
                "moon", on: scene.agent.name, archive: scene.archive)
            #expect(run.status == .queued)

            let events = try await scene.followWhileTheAgentWaits(run.runId, as: up.user)
            try expectWhole(events, of: run.runId)
            #expect(try await up.user.client.listSteps(of: run.runId, limit: 200).items == events)

            let shown = try await up.user.client.getRun(run.runId)
            try expectComplete(shown, events: events)
            try await expectEveryMember(of: shown, as: up.user)
            try await expectLog(of: shown, events: events, as: up.user)
            let artifacts = try await downloaded(of: shown, as: up.user, into: scene.folder)
            #expect(Set(artifacts.keys) == ["run.log", "changes.patch", "notes.md"])
            try await scene.expectPatch(artifacts["changes.patch"])
            #expect(artifacts["notes.md"]?.content == "# Notes on moon\n")
        }
    }

    // MARK: What a run's timeline and record say

    private func expectWhole(_ events: [ProgressEvent], of run: RunID) throws {
        #expect(events.map(\.sequenceNumber) == Array(1...Int64(events.count)))
        #expect(events.allSatisfy { $0.runID == run })
        #expect(events.filter(\.isTerminal).map(\.sequenceNumber) == [Int64(events.count)])
        #expect(
            events.compactMap(\.phase)
                == [.queued, .assigned, .preparing, .running, .collecting, .ended])
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.timestamp <= $1.timestamp })
    }

    private func expectComplete(_ run: RunResponse, events: [ProgressEvent]) throws {
        #expect(run.status == .completed)
        #expect(run.executorName == "editor")
        #expect(run.title == "moon")
        #expect(run.error == nil)
        #expect(run.warnings.isEmpty)
        #expect(run.waitingFor == nil)
        #expect(run.lastSequence == events.last?.sequenceNumber)
        #expect(run.archiveId != nil)
        #expect(run.logs == "The agent begins.\nA complaint.\nThe agent ends.\n")
        let started = try #require(run.startedAt)
        let completed = try #require(run.completedAt)
        #expect(run.createdAt <= started && started <= completed)
        let announced = events.filter { $0.type == .artifactReady }.compactMap {
            $0.data["artifactId"]?.text
        }
        #expect(run.artifactIds.map(\.text) == announced)
    }

    private func expectEveryMember(of run: RunResponse, as user: SignedIn) async throws {
        let document = try await user.json("/runs/\(run.runId)")
        guard case .object(let members) = document else {
            Issue.record("A run is no object: \(document)")
            return
        }
        #expect(
            Set(members.keys) == [
                "runId", "taskId", "workspaceId", "taskType", "title", "executorName", "status",
                "waitingFor", "createdAt", "startedAt", "completedAt", "artifactIds", "archiveId",
                "error", "warnings", "cancelRequestedAt", "logs", "logsTruncated", "logUrl",
                "lastSequence", "retryOf", "priority", "usage",
            ])
        #expect(members["status"]?.text == "completed")
        #expect(members["error"] == .null)
        #expect(members["priority"]?.whole == 5)
    }

    // MARK: What can be downloaded

    private struct Download {
        let path: String
        let content: String
    }

    private func expectLog(
        of run: RunResponse, events: [ProgressEvent], as user: SignedIn
    ) async throws {
        var bytes: [UInt8] = []
        try await user.client.downloadLog(of: run.runId) { bytes += $0 }
        let log = String(decoding: bytes, as: UTF8.self)
        #expect(log == events.filter { $0.type == .log }.map(\.message).joined())
        let linked = try await Command.output("curl", ["-sSf", try #require(run.logUrl)])
        #expect(linked == log)
    }

    /// The run's artifacts by name, each checked against what is recorded of it.
    private func downloaded(
        of run: RunResponse, as user: SignedIn, into folder: String
    ) async throws -> [String: Download] {
        var downloads: [String: Download] = [:]
        for id in run.artifactIds {
            let artifact = try await user.client.getArtifact(id)
            let path = "\(folder)/\(id)"
            try await Command.output(
                "curl", ["-sSf", "-o", path, try #require(artifact.downloadUrl)])
            #expect(try await GitWorkspace.sha256(ofFile: path) == artifact.sha256)
            let content = FileManager.default.contents(atPath: path) ?? Data()
            #expect(artifact.size == Int64(content.count))
            #expect(artifact.runId == run.runId)
            #expect(
                artifact.s3Key.hasPrefix(
                    "workspaces/\(run.workspaceId)/runs/\(run.runId)/artifacts/"))
            downloads[artifact.fileName] = Download(
                path: path, content: String(decoding: content, as: UTF8.self))
        }
        return downloads
    }

    // MARK: The workspace and its agent

    /// A workspace, and an agent that greets whom the prompt names, once the test lets it go on.
    private struct Scene {
        let folder: String
        let original: GitWorkspace
        let archive: GitWorkspace.Archive
        let agent: ShellAgent
        let gate: Gate

        init(on up: Up, in folder: String) async throws {
            self.folder = folder
            original = try await GitWorkspace(
                [
                    "greeting.txt": "Hello, world.\n", "sub folder/kept.txt": "kept\n",
                    "gone.txt": "to be removed\n",
                ],
                at: folder + "/workspace")
            archive = try await original.archive()
            gate = try Gate(in: folder)
            agent = try ShellAgent(
                "editor", in: folder, environment: [Gate.variable: gate.path],
                script: """
                    echo "The agent begins."
                    \(Gate.wait)
                    echo "A complaint." >&2
                    \(Gate.wait)
                    sed -i "s/world/$1/" greeting.txt
                    rm gone.txt
                    mkdir -p new && echo "for $1" >new/file.txt
                    echo "# Notes on $1" >"$TLAO_OUTPUT_DIR/notes.md"
                    echo "The agent ends."
                    """)
            try await agent.register(by: up.user)
        }

        /// Follows a run to its end; opens the gate each time what the agent wrote has arrived.
        func followWhileTheAgentWaits(
            _ run: RunID, as user: SignedIn
        ) async throws -> [ProgressEvent] {
            try await withDeadline(.seconds(60), for: "the run's events") {
                var events: [ProgressEvent] = []
                for try await event in user.client.streamRun(run) {
                    events.append(event)
                    let isLastLine = event.message.contains("ends")
                    if event.type == .log, !isLastLine { try await gate.open() }
                }
                #expect(
                    events.filter { $0.type == .log }.map { $0.data["stream"]?.text }
                        == ["stdout", "stderr", "stdout"])
                return events
            }
        }

        /// Applies the patch to a clone of the original, and compares what it makes of it.
        func expectPatch(_ patch: Download?) async throws {
            let patch = try #require(patch)
            let clone = folder + "/clone"
            try await original.git("clone", "--quiet", original.path, clone)
            try await Command.output("git", ["apply", "--index", patch.path], in: clone)
            let changed = try await Command.output(
                "git", ["diff", "--cached", "--name-status", "--no-renames"], in: clone)
            #expect(changed == "D\tgone.txt\nM\tgreeting.txt\nA\tnew/file.txt\n")
            let greeting = FileManager.default.contents(atPath: clone + "/greeting.txt")
            #expect(greeting == Data("Hello, moon.\n".utf8))
        }
    }
}
