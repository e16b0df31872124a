// SPDX-License-Identifier: Apache-2.0

import Model
import Synchronization

/// What a sweeper remembers from one look at a run to the next.
///
/// Runs that are done, or were not due for long, are forgotten. Safe from any task.
final class SweepMemory: Sendable {
    private struct Failure {
        var count: Int
        var notBefore: Duration
    }

    private struct State {
        var watches: [RunID: RunWatch] = [:]
        var failures: [RunID: Failure] = [:]
    }

    private let timing: PipelineTiming
    private let limit: Int
    private let state = Mutex(State())

    /// Creates an empty memory, in which at most `limit` runs wait; of the others it is not known how
    /// often they were looked at.
    init(timing: PipelineTiming, limit: Int) {
        self.timing = timing
        self.limit = limit
    }

    /// Decides what to do about a run; answers as well whether its holder was never seen before.
    func look(
        at run: Run, _ moment: RunWatch.Moment, isBrokerSuspect: Bool
    ) -> (decision: SweepDecision, isNewHolder: Bool) {
        state.withLock { state in
            var watch = state.watches[run.id] ?? RunWatch()
            let isNewHolder = run.lease.map { watch.isNew($0) } ?? false
            let decision = watch.look(
                at: run, moment, isBrokerSuspect: isBrokerSuspect, timing: timing)
            let hasRoom = state.watches.count < limit || state.watches[run.id] != nil
            if hasRoom || !watch.isWaiting { state.watches[run.id] = watch }
            return (decision, isNewHolder)
        }
    }

    /// Whether a run may be looked at, after it failed to be handled before.
    func mayHandle(_ run: RunID, at now: Duration) -> Bool {
        state.withLock { state in state.failures[run].map { $0.notBefore <= now } ?? true }
    }

    /// Takes note that a run could not be handled; answers after how long it is tried again, and
    /// whether it is the first time.
    func failed(_ run: RunID, at now: Duration) -> (delay: Duration, isFirst: Bool) {
        state.withLock { state in
            if state.failures.count >= limit { state.failures.removeAll() }
            let count = state.failures[run]?.count ?? 0
            let delay = BackOff.delay(count, timing: timing)
            state.failures[run] = Failure(count: count + 1, notBefore: now + delay)
            return (delay, count == 0)
        }
    }

    /// Takes note that a run was handled.
    func succeeded(_ run: RunID) {
        state.withLock { $0.failures[run] = nil }
    }

    /// Forgets a run: it is done, or gone.
    func forget(_ run: RunID) {
        state.withLock { state in
            state.watches[run] = nil
            state.failures[run] = nil
        }
    }

    /// Lets all waiting runs begin their back-off anew: there is new hope for them.
    func forgetWaits() {
        state.withLock { state in state.watches = state.watches.filter { !$0.value.isWaiting } }
    }

    /// Forgets runs that were not due for so long that others have seen to them.
    func forgetOld(at now: Duration) {
        let life = max(timing.leaseTime * 4, timing.retryDelayLimit * 2)
        state.withLock { state in
            state.watches = state.watches.filter { now - $0.value.lastLookAt <= life }
            state.failures = state.failures.filter { now - $0.value.notBefore <= life }
        }
    }
}
