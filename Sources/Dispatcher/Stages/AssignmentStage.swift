// SPDX-License-Identifier: Apache-2.0

import Model

/// Stage 4 of a decision: the offer, and what it makes of the run.
enum AssignmentStage {
    /// The offer of a run to a worker of an executor.
    static func assignment(
        _ id: AssignmentID, to workerID: String, of executor: ExecutorRecord
    ) -> Assignment {
        Assignment(
            id: id, executorName: executor.executorName, workerID: workerID,
            topic: executor.assignmentTopic)
    }

    /// What the offer makes of the run; nil when the run doesn't wait any more.
    static func transition(
        _ assignment: Assignment, of run: Run, at now: Timestamp, timing: PipelineTiming
    ) -> RunTransition? {
        do {
            return try RunLifecycle.apply(.assign(assignment), to: run, at: now, timing: timing)
        } catch {
            return nil
        }
    }
}
