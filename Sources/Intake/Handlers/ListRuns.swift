// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories

/// `GET /runs`: a workspace's runs, newest first.
struct ListRuns {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let workspace = try await access.workspace(queriedBy: request, context)
        let page = try PageRequest(request, list: "runs/\(workspace.id)")
        let found = try await dependencies.runs.runs(
            of: workspace.id, after: page.after.map { RunID($0) }, limit: page.limit)
        let positions = try await WaitingLine(runs: dependencies.runs).positions(
            of: found.runs, in: workspace.id)
        let cursor = page.cursor(after: found.next?.text)
        return try Answers.page(
            PageResponse(
                items: found.runs.map { RunResponse($0, waitingPosition: positions[$0.id]) },
                nextCursor: cursor),
            next: cursor, of: request)
    }
}
