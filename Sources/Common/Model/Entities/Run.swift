// SPDX-License-Identifier: Apache-2.0

/// A run: one attempt at a task, by one agent, at most once.
///
/// Changed only through ``RunLifecycle``; every stored change raises ``version``, except for
/// `dueAt`.
public struct Run: Equatable, Sendable {
    /// Identifies the run.
    public let id: RunID
    /// The task it attempts.
    public let taskID: TaskID
    /// The workspace it belongs to.
    public let workspaceID: WorkspaceID
    /// The kind of work.
    public let taskType: TaskType
    /// The first 200 bytes of the prompt.
    public let title: String
    /// The workspace archive it starts from; nil starts empty.
    public let archiveID: ArchiveID?
    /// The executor that was asked for; nil leaves the choice to the dispatcher.
    public let requestedExecutor: String?
    /// The run it repeats.
    public let retryOf: RunID?
    /// 0 to 9, higher first, within its workspace.
    public let priority: Int
    /// The longest it may take, in seconds from its claim.
    public let timeLimitSeconds: Int
    /// When it was accepted.
    public let createdAt: Timestamp

    /// Where it is in its life.
    public var status: RunStatus = .queued
    /// The finer account of it.
    public var phase: RunPhase = .queued
    /// Why it waits; nil once it runs.
    public var waitingReason: WaitingReason? = .starting
    /// The executor that was chosen.
    public var executorName: String?
    /// The offer to a worker; nil when there is none.
    public var assignment: Assignment?
    /// The hold of the worker that executes it; nil when none does.
    public var lease: Lease?
    /// When it was claimed.
    public var startedAt: Timestamp?
    /// When it ended.
    public var completedAt: Timestamp?
    /// When its cancellation was asked for.
    public var cancelRequestedAt: Timestamp?
    /// Why it failed; nil unless it did.
    public var failure: RunFailure?
    /// What its reader should know.
    public var warnings: [RunWarning] = []
    /// What it produced.
    public var artifactIDs: [ArtifactID] = []
    /// The artifact that is its whole stored log.
    public var logArtifactID: ArtifactID?
    /// Whether the stored log is shorter than the output was.
    public var logsTruncated = false
    /// What the agent reported to have used.
    public var usage: RunUsage?
    /// The highest sequence number its timeline is known to have; while it runs, a lower bound.
    public var lastSequence: Int64 = 0
    /// When a sweeper must look at it again; nil once it has ended and everybody was told.
    public var dueAt: Timestamp?
    /// Rises with every stored change but those of `dueAt`.
    public var version: Int64 = 0

    /// Creates a run as it is before its first transition; see ``RunLifecycle/create(_:at:)``.
    public init(
        id: RunID, taskID: TaskID, workspaceID: WorkspaceID, taskType: TaskType, title: String,
        archiveID: ArchiveID? = nil, requestedExecutor: String? = nil, retryOf: RunID? = nil,
        priority: Int = 5,
        timeLimitSeconds: Int, createdAt: Timestamp
    ) {
        self.id = id
        self.taskID = taskID
        self.workspaceID = workspaceID
        self.taskType = taskType
        self.title = title
        self.archiveID = archiveID
        self.requestedExecutor = requestedExecutor
        self.retryOf = retryOf
        self.priority = priority
        self.timeLimitSeconds = timeLimitSeconds
        self.createdAt = createdAt
    }

    /// When it has to be over; nil until it is claimed.
    public var deadline: Timestamp? { startedAt?.advanced(by: .seconds(timeLimitSeconds)) }
}
