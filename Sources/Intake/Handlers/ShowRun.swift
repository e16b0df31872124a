// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories
import Storage

/// `GET /runs/{id}`: the whole run, with the end of its output.
struct ShowRun {
    /// For how long the log's URL works, in seconds.
    private static let urlSeconds = 15 * 60

    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let run = try await access.run(context)
        let positions = try await WaitingLine(runs: dependencies.runs).positions(
            of: [run], in: run.workspaceID)
        return try Answers.json(
            RunResponse(
                run, waitingPosition: positions[run.id],
                logs: try await dependencies.runs.logTail(of: run.id),
                logUrl: try await logURL(of: run)))
    }

    private func logURL(of run: Run) async throws -> String? {
        guard let id = run.logArtifactID,
            let log = try await dependencies.runs.artifact(id, in: run.workspaceID),
            log.status == .stored
        else { return nil }
        return try await dependencies.objects.downloadURL(
            log.objectKey, fileName: "\(run.id).log", validFor: Self.urlSeconds
        ).url
    }
}
