// SPDX-License-Identifier: Apache-2.0

public import Model

/// A task, as the API shows it.
public struct TaskResponse: Hashable, Codable, Sendable {
    /// Identifies the task.
    public let taskId: TaskID
    /// The workspace it belongs to.
    public let workspaceId: WorkspaceID
    /// What is asked for.
    public let taskSpec: TaskSpec
    /// How far it has come.
    public let status: TaskStatus
    /// When it was made.
    public let createdAt: Timestamp

    /// Shows a task.
    public init(_ task: CodexTask, status: TaskStatus) {
        taskId = task.id
        workspaceId = task.workspaceID
        taskSpec = task.taskSpec
        self.status = status
        createdAt = task.createdAt
    }
}
