// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories

/// `GET /tasks/{id}`: one task.
struct ShowTask {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let task = try await access.task(try access.identifier("task", context), context)
        return try Answers.json(
            TaskResponse(task, status: try await dependencies.workspaces.status(of: task)))
    }
}
