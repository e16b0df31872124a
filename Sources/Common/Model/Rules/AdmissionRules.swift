// SPDX-License-Identifier: Apache-2.0

/// The rules by which uploads, tasks and runs are let in.
public enum AdmissionRules {
    /// The priorities a run may have; higher goes first.
    public static let priorities = 0...9
    /// The priority of a run that was given none.
    public static let defaultPriority = 5

    /// Whether an archive of that many bytes is accepted; exactly the limit is.
    public static func acceptsArchive(bytes: Int64, under guardrails: Guardrails) -> Bool {
        bytes <= guardrails.maxArchiveBytes
    }

    /// Whether a workspace that created so many runs today may create one more.
    public static func acceptsRun(createdToday: Int, under guardrails: Guardrails) -> Bool {
        createdToday < guardrails.dailyRunQuota
    }

    /// The longest a run of the task may take, in seconds from its claim.
    ///
    /// The limit may have been lowered since the task was accepted: the lower one counts.
    public static func timeLimitSeconds(of taskSpec: TaskSpec, under guardrails: Guardrails) -> Int
    {
        min(
            taskSpec.constraints?.timeLimitSec ?? guardrails.maxRunDurationSec,
            guardrails.maxRunDurationSec)
    }

    /// The most tokens a run of the task may use; the lower of the task's bound and the limit in force.
    public static func maxTokens(of taskSpec: TaskSpec, under guardrails: Guardrails) -> Int {
        min(
            taskSpec.constraints?.maxTokens ?? guardrails.maxTokensPerRun,
            guardrails.maxTokensPerRun)
    }

    /// A run of the task, as it is before ``RunLifecycle/create(_:at:timing:)``.
    public static func run(
        _ id: RunID, of task: CodexTask, archiveID: ArchiveID? = nil,
        requestedExecutor: String? = nil, retryOf: RunID? = nil,
        priority: Int = defaultPriority, under guardrails: Guardrails, at now: Timestamp
    ) -> Run {
        Run(
            id: id, taskID: task.id, workspaceID: task.workspaceID,
            taskType: task.taskSpec.taskType,
            title: UTF8Text.prefix(of: task.taskSpec.input.prompt, bytes: 200),
            archiveID: archiveID, requestedExecutor: requestedExecutor, retryOf: retryOf,
            priority: priority,
            timeLimitSeconds: timeLimitSeconds(of: task.taskSpec, under: guardrails),
            createdAt: now)
    }
}
