// SPDX-License-Identifier: Apache-2.0

public import Model

/// A run, as the API shows it.
public struct RunResponse: Hashable, Codable, Sendable {
    /// Identifies the run.
    public let runId: RunID
    /// The task it attempts.
    public let taskId: TaskID
    /// The workspace it belongs to.
    public let workspaceId: WorkspaceID
    /// The kind of work.
    public let taskType: TaskType
    /// The beginning of the prompt.
    public let title: String
    /// The executor that was chosen, or asked for.
    public let executorName: String?
    /// Where it is in its life.
    public let status: RunStatus
    /// Why it waits; null unless queued.
    public let waitingFor: WaitingResponse?
    /// When it was accepted.
    public let createdAt: Timestamp
    /// When a worker claimed it.
    public let startedAt: Timestamp?
    /// When it ended.
    public let completedAt: Timestamp?
    /// What it produced.
    public let artifactIds: [ArtifactID]
    /// The workspace archive it started from.
    public let archiveId: ArchiveID?
    /// Why it failed; null unless it did.
    public let error: RunFailure?
    /// What its reader should know.
    public let warnings: [RunWarning]
    /// When its cancellation was asked for.
    public let cancelRequestedAt: Timestamp?
    /// The last 64 KiB of its output; only where one run is shown.
    public let logs: String?
    /// Whether the stored log is shorter than the output was.
    public let logsTruncated: Bool
    /// Where the whole stored log can be downloaded, for a while.
    public let logUrl: String?
    /// The highest sequence number its timeline is known to have.
    public let lastSequence: Int64
    /// The run it repeats.
    public let retryOf: RunID?
    /// 0 to 9, higher first.
    public let priority: Int
    /// What the agent reported to have used.
    public let usage: RunUsage?

    /// Shows a run.
    public init(_ run: Run, waitingPosition: Int? = nil, logs: String? = nil, logUrl: String? = nil)
    {
        runId = run.id
        taskId = run.taskID
        workspaceId = run.workspaceID
        taskType = run.taskType
        title = run.title
        executorName = run.executorName ?? run.requestedExecutor
        status = run.status
        waitingFor =
            run.status == .queued
            ? WaitingResponse(reason: run.waitingReason ?? .starting, position: waitingPosition)
            : nil
        createdAt = run.createdAt
        startedAt = run.startedAt
        completedAt = run.completedAt
        artifactIds = run.artifactIDs
        archiveId = run.archiveID
        error = run.failure
        warnings = run.warnings
        cancelRequestedAt = run.cancelRequestedAt
        self.logs = logs
        logsTruncated = run.logsTruncated
        self.logUrl = logUrl
        lastSequence = run.lastSequence
        retryOf = run.retryOf
        priority = run.priority
        usage = run.usage
    }
}

extension RunResponse {
    private enum CodingKeys: String, CodingKey {
        case runId, taskId, workspaceId, taskType, title, executorName, status, waitingFor,
            createdAt, startedAt
        case completedAt, artifactIds, archiveId, error, warnings, cancelRequestedAt, logs,
            logsTruncated, logUrl
        case lastSequence, retryOf, priority, usage
    }

    /// Writes the run: every member is there, null where there is nothing, but `logs` only where it
    /// was asked for.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(runId, forKey: .runId)
        try container.encode(taskId, forKey: .taskId)
        try container.encode(workspaceId, forKey: .workspaceId)
        try container.encode(taskType, forKey: .taskType)
        try container.encode(title, forKey: .title)
        try container.encode(executorName, forKey: .executorName)
        try container.encode(status, forKey: .status)
        try container.encode(waitingFor, forKey: .waitingFor)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(completedAt, forKey: .completedAt)
        try container.encode(artifactIds, forKey: .artifactIds)
        try container.encode(archiveId, forKey: .archiveId)
        try container.encode(error, forKey: .error)
        try container.encode(warnings, forKey: .warnings)
        try container.encode(cancelRequestedAt, forKey: .cancelRequestedAt)
        try container.encodeIfPresent(logs, forKey: .logs)
        try container.encode(logsTruncated, forKey: .logsTruncated)
        try container.encode(logUrl, forKey: .logUrl)
        try container.encode(lastSequence, forKey: .lastSequence)
        try container.encode(retryOf, forKey: .retryOf)
        try container.encode(priority, forKey: .priority)
        try container.encode(usage, forKey: .usage)
    }
}
