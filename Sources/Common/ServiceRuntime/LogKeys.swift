// SPDX-License-Identifier: Apache-2.0

/// The names under which what varies stands in a log line; the message itself is constant.
public enum LogKeys {
    /// What was being done.
    public static let operation = "operation"
    /// The workspace it was about.
    public static let workspaceID = "workspaceId"
    /// The task it was about.
    public static let taskID = "taskId"
    /// The run it was about.
    public static let runID = "runId"
    /// The artifact it was about.
    public static let artifactID = "artifactId"
    /// The offer of a run to a worker.
    public static let assignmentID = "assignmentId"
    /// The worker it was about.
    public static let workerID = "workerId"
    /// The executor it was about.
    public static let executorName = "executorName"
    /// The user it was for.
    public static let userID = "userId"
    /// The request's id, which also stands in its answer.
    public static let correlationID = "correlationId"
    /// The topic of a message.
    public static let topic = "topic"
    /// The status that was answered, or reached.
    public static let status = "status"
    /// Why it failed.
    public static let error = "error"
    /// How often, or how many.
    public static let count = "count"
    /// How long it took, in milliseconds.
    public static let milliseconds = "milliseconds"
}
