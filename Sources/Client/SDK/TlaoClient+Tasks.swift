// SPDX-License-Identifier: Apache-2.0

public import API
import Curl
public import Model

extension TlaoClient {
    /// Creates a task: `POST /tasks`.
    ///
    /// Without a workspace it is the caller's only one.
    ///
    /// - Throws: ``TlaoError``, as every call; `VALIDATION_FAILED` names everything that is wrong.
    public func createTask(_ taskSpec: TaskSpec, in workspace: WorkspaceID? = nil) async throws
        -> TaskResponse
    {
        try await transport.call(
            .post, "/tasks", body: CreateTaskRequest(workspaceId: workspace, taskSpec: taskSpec))
    }

    /// Lists a page of a workspace's tasks, newest first: `GET /tasks`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func listTasks(
        in workspace: WorkspaceID? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws -> PageResponse<TaskResponse> {
        try await transport.call(
            .get, "/tasks",
            query: [
                ("workspaceId", workspace?.text), ("limit", limit.map(String.init)),
                ("cursor", cursor),
            ])
    }

    /// Shows a task: `GET /tasks/{id}`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func getTask(_ id: TaskID) async throws -> TaskResponse {
        try await transport.call(.get, "/tasks/\(id)")
    }
}
