// SPDX-License-Identifier: Apache-2.0

import Model
import Seams
import Synchronization

// What becomes of offers.
extension WorkerPool {
    /// The offers of which it isn't known what became of them.
    var openOffers: [Offer] {
        state.withLock { $0.offers.values.sorted { $0.madeAt < $1.madeAt } }
    }

    /// Whether such an offer was made to a worker.
    func hasOpenOffers(to workerID: String) -> Bool {
        state.withLock { $0.offers.values.contains { $0.workerID == workerID } }
    }

    /// Takes an offer back that was never recorded.
    func withdraw(_ assignment: AssignmentID, of run: RunID) {
        state.withLock { state in
            state.roster.release(assignment)
            if state.offers[run]?.assignmentID == assignment { state.offers[run] = nil }
        }
    }

    /// Takes note that a run has ended, so that its place is free; answers whether it was offered
    /// from here.
    @discardableResult
    func ended(_ run: RunID) -> Bool {
        state.withLock { state in
            guard let offer = state.offers.removeValue(forKey: run) else { return false }
            state.roster.claimed(offer.assignmentID, by: offer.workerID)
            state.roster.release(offer.assignmentID)
            state.lapses[offer.workerID] = nil
            return true
        }
    }

    /// Settles an offer by its run as it was read; answers whether that made room.
    ///
    /// A run that waits again was handed back: its worker has less room than it said, so the place
    /// stays set aside until the worker speaks.
    func settle(_ offer: Offer, by run: Run?) -> Bool {
        guard let run, !run.status.isTerminal else { return ended(offer.run) }
        if run.status == .queued, run.assignment?.id == offer.assignmentID { return false }
        state.withLock { state in
            guard state.offers[offer.run]?.assignmentID == offer.assignmentID else { return }
            state.offers[offer.run] = nil
            state.roster.claimed(offer.assignmentID, by: offer.workerID)
            state.lapses[offer.workerID] = nil
        }
        return false
    }

    /// Takes note that a worker executes a run, whoever offered it.
    func claimed(_ assignment: AssignmentID, by workerID: String, run: RunID) {
        state.withLock { state in
            if state.offers[run]?.assignmentID == assignment { state.offers[run] = nil }
            state.roster.claimed(assignment, by: workerID)
            state.lapses[workerID] = nil
        }
    }

    /// Takes note that an offer was taken back unclaimed.
    ///
    /// The worker gets nothing until it claims something, whoever offered it, or a while is over, which
    /// doubles from time to time: the only worker there is could never claim anything otherwise.
    /// `isWorkersFault` is false when the way to it was closed.
    func lapsed(_ assignment: Assignment, of run: RunID, isWorkersFault: Bool) {
        let now = time.elapsed
        state.withLock { state in
            state.roster.release(assignment.id)
            state.offers[run] = nil
            guard isWorkersFault else { return }
            let count = state.lapses[assignment.workerID, default: 0]
            let pause = BackOff.delay(count, timing: timing)
            if state.lapses.count >= 10_000 { state.lapses.removeAll() }
            state.lapses[assignment.workerID] = count + 1
            state.roster.exclude(assignment.workerID, until: now + pause)
        }
    }
}
