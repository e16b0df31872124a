// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories

/// `GET /artifacts`: a workspace's artifacts, newest first.
struct ListArtifacts {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let workspace = try await access.workspace(queriedBy: request, context)
        let page = try PageRequest(request, list: "artifacts/\(workspace.id)")
        let found = try await dependencies.runs.artifacts(
            of: workspace.id, after: page.after.map { ArtifactID($0) }, limit: page.limit)
        let cursor = page.cursor(after: found.next?.text)
        return try Answers.page(
            PageResponse(items: found.artifacts.map { ArtifactResponse($0) }, nextCursor: cursor),
            next: cursor,
            of: request)
    }
}
