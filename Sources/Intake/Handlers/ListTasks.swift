// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories

/// `GET /tasks`: a workspace's tasks, newest first.
struct ListTasks {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let workspace = try await access.workspace(queriedBy: request, context)
        let page = try PageRequest(request, list: "tasks/\(workspace.id)")
        let found = try await dependencies.workspaces.tasks(
            of: workspace.id, after: page.after.map { TaskID($0) }, limit: page.limit)
        var items: [TaskResponse] = []
        for task in found.tasks {
            items.append(
                TaskResponse(task, status: try await dependencies.workspaces.status(of: task)))
        }
        let cursor = page.cursor(after: found.next?.text)
        return try Answers.page(
            PageResponse(items: items, nextCursor: cursor), next: cursor, of: request)
    }
}
