// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Hummingbird
import Model
import Repositories
import Seams

/// `POST /workspaces`: a workspace of the caller's own.
struct CreateWorkspace {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let identity = try access.identity(context)
        var document = try await RequestDocument(of: request)
        let name = document.text("name", length: 1...100)
        try document.finish()
        let now = dependencies.time.now
        let workspace = Workspace(
            id: dependencies.identifiers.next(), name: name, ownerID: identity.userID,
            createdAt: now,
            updatedAt: now)
        guard
            try await dependencies.workspaces.create(workspace, owner: identity.username)
                == .committed
        else {
            throw Refusal(.internal, "The new workspace's identifier is taken.")
        }
        return try Answers.json(
            WorkspaceResponse(workspace, guardrails: dependencies.guardrails), status: .created,
            location: "/workspaces/\(workspace.id)")
    }
}
