// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import ServiceRuntime

/// Offers a run to a worker: place, transaction, bell.
struct Offering: Sendable {
    /// What came of it.
    enum Result: Sendable {
        /// The worker was rung.
        case offered
        /// No worker can take it, for this reason.
        case wait(WaitingReason)
        /// The run doesn't wait any more.
        case gone
        /// Somebody else took the last free slot.
        case full
        /// Somebody else changed the run.
        case overtaken
    }

    let runs: RunStore
    let registry: ExecutorRegistry
    let workers: WorkerPool
    let known: KnownRuns
    let bells: AssignmentBells
    let identifiers: any IdentifierSource
    let time: any TimeSource
    let timing: PipelineTiming
    let logger: Logger

    /// Offers the run, if a worker has room and the workspace, with `limit` slots, a free slot.
    func offer(
        _ id: RunID, in workspace: WorkspaceID, _ entry: WaitingEntry, limit: Int
    ) async throws -> Result {
        let placement = workers.place(
            id, in: workspace, needs: entry.facts.needs, registry: registry.executors,
            as: identifiers.next())
        switch placement {
        case .wait(let reason): return .wait(reason)
        case .offer(let assignment):
            return try await record(assignment, of: id, in: workspace, entry.run, limit)
        }
    }

    /// Records the offer.
    ///
    /// When the table fails, the place stays set aside: the offer may stand.
    private func record(
        _ assignment: Assignment, of id: RunID, in workspace: WorkspaceID, _ read: Run?,
        _ limit: Int
    ) async throws -> Result {
        var current = read
        if current == nil { current = try await runs.run(id, in: workspace) }
        guard let run = current,
            let transition = AssignmentStage.transition(
                assignment, of: run, at: time.now, timing: timing)
        else {
            workers.withdraw(assignment.id, of: id)
            known.forget(id)
            return .gone
        }
        known.forget(id)
        let commit = try await runs.store(transition, concurrencyLimit: limit)
        guard commit == .committed else {
            workers.withdraw(assignment.id, of: id)
            return runs.isOutOfSlots(commit, of: transition) ? .full : .overtaken
        }
        await bells.ring(assignment, of: transition.after)
        bells.tell(transition)
        logger.info(
            "Run assigned",
            metadata: [
                LogKeys.runID: "\(id)", LogKeys.workspaceID: "\(workspace)",
                LogKeys.assignmentID: "\(assignment.id)",
                LogKeys.executorName: "\(assignment.executorName)",
                LogKeys.workerID: "\(assignment.workerID)",
            ])
        return .offered
    }
}
