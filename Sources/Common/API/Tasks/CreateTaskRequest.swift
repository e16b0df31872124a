// SPDX-License-Identifier: Apache-2.0

public import Model

/// The body of `POST /tasks`.
public struct CreateTaskRequest: Hashable, Codable, Sendable {
    /// The workspace the task is for; may be left out by who has exactly one.
    public let workspaceId: WorkspaceID?
    /// What is asked for.
    public let taskSpec: TaskSpec

    /// Creates a request.
    public init(workspaceId: WorkspaceID?, taskSpec: TaskSpec) {
        self.workspaceId = workspaceId
        self.taskSpec = taskSpec
    }
}
