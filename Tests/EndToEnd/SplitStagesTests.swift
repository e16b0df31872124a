// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import Model
import TestSupport
import Testing
import TlaoSDK

@Suite(.timeLimit(.minutes(3)))
struct SplitStagesTests {
    @Test
    func `four processes that share table, folder and broker complete a run`() async throws {
        try await SplitStages.with { stages in
            let password = "a password of the tests"
            try await stages.admin(
                "add-user", "ada", "--role", "admin", "--password-stdin", input: password + "\n")
            try await SignedIn.with(
                address: stages.publicURL, username: "ada", password: password
            ) { user in
                let run = try await startRun(on: stages, as: user)
                let events = try await follow(run, on: stages, as: user)
                #expect(events.map(\.sequenceNumber) == Array(1...Int64(events.count)))
                #expect(events.last?.status == .completed)
                let shown = try await user.client.getRun(run)
                #expect(shown.status == .completed)
                #expect(shown.lastSequence == Int64(events.count))
                try await expectPatch(of: shown, on: stages, as: user)
            }
            #expect(stages.stages.allSatisfy { $0.isRunning })
        }
    }

    private func startRun(on stages: SplitStages, as user: SignedIn) async throws -> RunID {
        let folder = stages.installation.folder
        let workspace = try await GitWorkspace(["a.txt": "one\n"], at: folder + "/workspace")
        let agent = try await ShellAgent.quick(by: user, in: folder)
        return try await user.startRun(
            "two", on: agent.name, archive: try await workspace.archive()
        ).runId
    }

    /// Follows a run at the Notifier, with the token that Intake gave out.
    private func follow(
        _ run: RunID, on stages: SplitStages, as user: SignedIn
    ) async throws -> [ProgressEvent] {
        try await TlaoClient.with(address: stages.notifier, token: user.token) { client in
            try await withDeadline(.seconds(60), for: "the run's events") {
                var events: [ProgressEvent] = []
                for try await event in client.streamRun(run) { events.append(event) }
                return events
            }
        }
    }

    private func expectPatch(
        of run: RunResponse, on stages: SplitStages, as user: SignedIn
    ) async throws {
        let artifacts = try await user.client.listArtifacts(of: run.runId).items
        let patch = try #require(artifacts.first { $0.fileName == "changes.patch" })
        let url = try #require(try await user.client.getArtifact(patch.artifactId).downloadUrl)
        #expect(url.hasPrefix(stages.publicURL + "/"))
        let content = try await Command.output("curl", ["-sSf", url])
        #expect(content.contains("\n+two\n"))
    }
}
