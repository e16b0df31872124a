// SPDX-License-Identifier: Apache-2.0

/// A task: one thing a team asked for, which any number of runs may attempt.
///
/// Named so because Swift has a `Task` of its own.
public struct CodexTask: Equatable, Sendable {
    /// Identifies the task.
    public let id: TaskID
    /// The workspace it belongs to.
    public let workspaceID: WorkspaceID
    /// What is asked for.
    public let taskSpec: TaskSpec
    /// When it was made.
    public let createdAt: Timestamp

    /// Creates a task.
    public init(id: TaskID, workspaceID: WorkspaceID, taskSpec: TaskSpec, createdAt: Timestamp) {
        self.id = id
        self.workspaceID = workspaceID
        self.taskSpec = taskSpec
        self.createdAt = createdAt
    }
}
