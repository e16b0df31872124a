// SPDX-License-Identifier: Apache-2.0

import Model

/// Stage 3 of a decision: which worker gets the run.
enum WorkerStage {
    /// What came of the choice.
    enum Choice: Equatable, Sendable {
        /// This worker has a free slot for that executor.
        case worker(String, ExecutorRecord)
        /// None has, for this reason.
        case wait(WaitingReason)
    }

    /// Chooses the best worker of the first candidate that has one.
    static func choose(
        among candidates: [ExecutorRecord], roster: WorkerRoster, broker: BrokerState,
        at now: Duration
    ) -> Choice {
        guard broker.channel != .closed else { return .wait(.brokerUnreachable) }
        for candidate in candidates {
            if let worker = roster.bestWorker(for: candidate.executorName, at: now) {
                return .worker(worker, candidate)
            }
        }
        let presences = candidates.map { roster.presence(of: $0.executorName, at: now) }
        // Workers with free slots that are no choice are left out: they take nothing they are given.
        if presences.contains(where: { $0.workersOnline > 0 && $0.freeSlots == 0 }) {
            return .wait(.workersBusy)
        }
        return .wait(broker.isSuspect ? .brokerUnreachable : .noWorkerOnline)
    }
}
