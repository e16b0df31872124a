// SPDX-License-Identifier: Apache-2.0

/// The metadata keys of this stage's log lines.
enum LogKey {
    static let operation = "operation"
    static let workerID = "workerId"
    static let workspaceID = "workspaceId"
    static let runID = "runId"
    static let assignmentID = "assignmentId"
    static let executorName = "executorName"
    static let topics = "topics"
    static let outcome = "outcome"
    static let reason = "reason"
    static let runIDs = "runIds"
    static let artifactID = "artifactId"
    static let error = "error"
}
