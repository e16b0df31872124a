// SPDX-License-Identifier: Apache-2.0

import Model
import Repositories
import Seams
import TestSupport
import Testing

@testable import Dispatcher

extension Bench {
    /// A run that a worker claimed and then never speaks of again; the sweeper has seen it once.
    func lostRun(
        in workspace: WorkspaceID, at time: VirtualTime, timeLimit: Int = 600
    ) async throws -> RunID {
        await heartbeat(count: 1)
        let id = try await submit(in: workspace, timeLimit: timeLimit)
        try await claim(id)
        time.advance(by: .seconds(5))
        await sweep()
        return id
    }

    /// Sweeps once a second.
    func sweep(seconds: Int, _ time: VirtualTime) async throws {
        for _ in 0..<seconds {
            time.advance(by: .seconds(1))
            await sweep()
        }
    }

    /// Records an artifact, as the worker that holds the run does.
    func recordArtifact(of run: RunID, in workspace: WorkspaceID) async throws -> ArtifactID {
        let artifact = Artifact(
            id: identifiers.next(), runID: run, workspaceID: workspace, artifactType: .document,
            fileName: "plan.md", mediaType: "text/markdown", size: 1, sha256: "0",
            status: .stored, createdAt: time.now)
        let commit = try await runs.record(artifact, token: "token")
        try #require(commit == .committed)
        return artifact.id
    }
}
