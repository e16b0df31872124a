// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird

/// `GET /workspaces/{id}`: one workspace.
struct ShowWorkspace {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        try Answers.json(
            WorkspaceResponse(
                try await access.workspace(context), guardrails: dependencies.guardrails))
    }
}
