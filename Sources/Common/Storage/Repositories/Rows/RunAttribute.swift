// SPDX-License-Identifier: Apache-2.0

/// Names the attributes of a run's row, for the conditions and changes of those who write it.
public enum RunAttribute {
    /// The task it attempts.
    public static let taskID = "taskId"
    /// The kind of work.
    public static let taskType = "taskType"
    /// The beginning of the prompt.
    public static let title = "title"
    /// The archive it starts from.
    public static let archiveID = "archiveId"
    /// The executor that was asked for.
    public static let requestedExecutor = "requestedExecutor"
    /// The run it repeats.
    public static let retryOf = "retryOf"
    /// Its priority, 0 to 9.
    public static let priority = "priority"
    /// The longest it may take, in seconds.
    public static let timeLimitSeconds = "timeLimitSeconds"
    /// When it was accepted, in milliseconds since 1970.
    public static let createdAt = "createdAt"

    /// Where it is in its life.
    public static let status = "status"
    /// The finer account of it.
    public static let phase = "phase"
    /// Why it waits.
    public static let waitingReason = "waitingReason"
    /// The executor that was chosen.
    public static let executorName = "executorName"
    /// The offer to a worker; absent when there is none.
    public static let assignmentID = "assignmentId"
    /// The executor of the offer.
    public static let assignmentExecutor = "assignmentExecutor"
    /// The worker of the offer.
    public static let assignmentWorker = "assignmentWorker"
    /// The topic of the offer.
    public static let assignmentTopic = "assignmentTopic"
    /// The token of the worker's hold; absent when nobody holds it.
    public static let leaseToken = "leaseToken"
    /// The worker that holds it.
    public static let leaseOwner = "leaseOwner"
    /// How often the hold was renewed.
    public static let leaseRenewals = "leaseRenewals"
    /// When it was claimed, in milliseconds since 1970.
    public static let startedAt = "startedAt"
    /// When it ended, in milliseconds since 1970.
    public static let completedAt = "completedAt"
    /// When its cancellation was asked for, in milliseconds since 1970.
    public static let cancelRequestedAt = "cancelRequestedAt"
    /// Why it failed, as JSON.
    public static let failure = "error"
    /// What its reader should know, as a JSON list.
    public static let warnings = "warnings"
    /// What it produced, as a JSON list.
    public static let artifactIDs = "artifactIds"
    /// The artifact that is its log.
    public static let logArtifactID = "logArtifactId"
    /// Whether the stored log is shorter than the output was.
    public static let logsTruncated = "logsTruncated"
    /// What the agent reported to have used, as JSON.
    public static let usage = "usage"
    /// The highest known sequence number.
    public static let lastSequence = "lastSequence"
    /// The shard of the `due` index; absent together with ``dueAt``.
    public static let dueShard = "dueShard"
    /// When a sweeper must look at it, in milliseconds since 1970.
    public static let dueAt = "dueAt"
    /// The count of its changes.
    public static let version = "version"
    /// The mark of the last write, by which its writer recognises it after a lost answer.
    public static let writeMark = "writeMark"
}
