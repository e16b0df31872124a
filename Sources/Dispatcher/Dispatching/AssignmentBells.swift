// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import ServiceRuntime

/// Says that something was decided: to the worker it concerns, and to whoever follows the run.
struct AssignmentBells: Sendable {
    let publisher: any RecordPublisher
    let rendezvous: WorkerRendezvous
    let workers: WorkerPool
    let failures: FailureLog

    /// Rings the worker that a run was offered to; in the table as well, while Kafka can't carry it.
    ///
    /// A bell that isn't heard is rung again by a sweeper.
    func ring(_ assignment: Assignment, of run: Run) async {
        publisher.publish(
            .runAssigned(
                run.id, in: run.workspaceID, assignment: assignment.id,
                workerID: assignment.workerID),
            on: Topic(assignment.topic))
        guard workers.brokerState.channel == .table else { return }
        do {
            try await rendezvous.ring(assignment.workerID, for: run.id, in: run.workspaceID)
            failures.succeeded("ring")
        } catch {
            failures.failed(
                "ring", error,
                [LogKeys.runID: "\(run.id)", LogKeys.workspaceID: "\(run.workspaceID)"])
        }
    }

    /// Says what happened to a run.
    func tell(_ transition: RunTransition) {
        for event in transition.events {
            publisher.publish(
                .runProgressed(event, in: transition.after.workspaceID), on: .runEvents)
        }
    }
}
