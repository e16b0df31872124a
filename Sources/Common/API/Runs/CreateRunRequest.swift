// SPDX-License-Identifier: Apache-2.0

public import Model

/// The body of `POST /runs`.
public struct CreateRunRequest: Hashable, Codable, Sendable {
    /// The task to attempt.
    public let taskId: TaskID
    /// The workspace archive to start from; nil starts empty.
    public let archiveId: ArchiveID?
    /// The executor to use; nil leaves the choice to the dispatcher.
    public let executorName: String?
    /// 0 to 9, higher first, within the workspace; nil is 5.
    public let priority: Int?

    /// Creates a request.
    public init(
        taskId: TaskID, archiveId: ArchiveID? = nil, executorName: String? = nil,
        priority: Int? = nil
    ) {
        self.taskId = taskId
        self.archiveId = archiveId
        self.executorName = executorName
        self.priority = priority
    }
}
