// SPDX-License-Identifier: Apache-2.0

import Model
import Seams
import Synchronization

/// What a worker has on its desk: its slots, the runs in them, and the bells it has yet to answer.
///
/// Shared by the worker's tasks; every change wakes the heartbeat.
final class WorkerDesk: Sendable {
    /// A hint that a run may be offered to this worker.
    struct Bell: Hashable, Sendable {
        let run: RunID
        let workspace: WorkspaceID
    }

    /// How a slot was asked for.
    enum Place {
        case taken(RunControl)
        case full
        case draining
        /// The run has a slot already: its bell was rung twice.
        case present
    }

    private struct State {
        var runs: [RunID: RunControl] = [:]
        /// Runs that have ended and only wait for their end to be announced.
        var leaving: Set<RunID> = []
        var isDraining = false

        var slotsTaken: Int { runs.count - leaving.count }
    }

    /// How many runs fit at once.
    let slots: Int
    /// The bells, in the order they rang.
    ///
    /// More than are kept is no loss: bells are rung again.
    let bells: AsyncStream<Bell>
    /// Says that slots or draining changed; several changes may be one.
    let changes: AsyncStream<Void>

    private let state = Mutex(State())
    private let bellContinuation: AsyncStream<Bell>.Continuation
    private let changeContinuation: AsyncStream<Void>.Continuation
    private let drained = Broadcast()
    private let emptied = Broadcast()

    init(slots: Int) {
        self.slots = slots
        (bells, bellContinuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1_024))
        (changes, changeContinuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Free slots, and whether no more runs are taken.
    var availability: (free: Int, isDraining: Bool) {
        state.withLock { (max(0, slots - $0.slotsTaken), $0.isDraining) }
    }

    /// The runs on the desk.
    var runs: [RunID] { state.withLock { $0.runs.keys.sorted() } }

    func ring(_ bell: Bell) { bellContinuation.yield(bell) }

    /// Takes a slot for a run.
    func take(_ run: RunID) -> Place {
        let place: Place = state.withLock { state in
            if state.runs[run] != nil { return .present }
            if state.isDraining { return .draining }
            guard state.slotsTaken < slots else { return .full }
            let control = RunControl()
            state.runs[run] = control
            return .taken(control)
        }
        wake()
        return place
    }

    /// Frees a run's slot; the run itself stays until ``release(_:)``.
    func freeSlot(of run: RunID) {
        state.withLock { state in
            if state.runs[run] != nil { state.leaving.insert(run) }
        }
        wake()
    }

    /// Takes a run, and its slot, from the desk.
    func release(_ run: RunID) {
        let isEmpty = state.withLock { state in
            state.runs[run] = nil
            state.leaving.remove(run)
            return state.runs.isEmpty
        }
        if isEmpty { emptied.announce() }
        wake()
    }

    /// The control of a run on the desk.
    func control(of run: RunID) -> RunControl? { state.withLock { $0.runs[run] } }

    /// Takes no more runs from now on.
    func drain() {
        state.withLock { $0.isDraining = true }
        drained.announce()
        wake()
    }

    /// Stops all runs, for one reason.
    func stopAll(_ reason: StopReason) {
        for control in state.withLock({ Array($0.runs.values) }) { control.stop(reason) }
    }

    /// Returns when the desk drains, or the task is cancelled.
    func draining() async { await drained.wait { state.withLock { $0.isDraining } } }

    /// Returns when no run is left, or the task is cancelled.
    func idle() async { await emptied.wait { state.withLock { $0.runs.isEmpty } } }

    /// Returns when no run is left, with true, or after `limit`, with false.
    func idle(within limit: Duration, _ time: any TimeSource) async -> Bool {
        await time.limited(to: limit) { await self.idle() }
        return state.withLock { $0.runs.isEmpty }
    }

    private func wake() { changeContinuation.yield() }
}
