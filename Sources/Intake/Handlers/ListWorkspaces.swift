// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Hummingbird
import Model
import Repositories

/// `GET /workspaces`: the caller's workspaces, newest first.
struct ListWorkspaces {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let identity = try access.identity(context)
        let page = try PageRequest(request, list: "workspaces/\(identity.userID)")
        let found = try await dependencies.workspaces.workspaces(
            of: identity.username, after: page.after.map { WorkspaceID($0) }, limit: page.limit)
        let cursor = page.cursor(after: found.next?.text)
        return try Answers.page(
            PageResponse(
                items: found.workspaces.map {
                    WorkspaceResponse($0, guardrails: dependencies.guardrails)
                },
                nextCursor: cursor), next: cursor, of: request)
    }
}
