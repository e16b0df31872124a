// SPDX-License-Identifier: Apache-2.0

import Model
import Seams
import Synchronization

/// What this dispatcher knows about workers: who is there, what it offered them, and whether Kafka
/// carries what they say.
///
/// Choosing a worker and setting a place aside on it is one step. Safe from any task.
final class WorkerPool: Sendable {
    /// What came of the attempt to place a run.
    enum Placement: Equatable, Sendable {
        /// A place is set aside for this offer.
        case offer(Assignment)
        /// There is no place, for this reason.
        case wait(WaitingReason)
    }

    struct State {
        var roster: WorkerRoster
        var broker: BrokerWatch
        var offers: [RunID: Offer] = [:]
        /// How many offers in a row each worker let lie.
        var lapses: [String: Int] = [:]
        /// What workers last said in the table.
        var presences: [String: Int64] = [:]
    }

    let state: Mutex<State>
    let timing: PipelineTiming
    let time: any TimeSource
    private let isReachable: @Sendable () -> Bool

    /// Creates a pool that knows nobody; `isReachable` says whether Kafka seems to be there.
    init(
        timing: PipelineTiming, time: any TimeSource,
        isReachable: @escaping @Sendable () -> Bool
    ) {
        self.timing = timing
        self.time = time
        self.isReachable = isReachable
        state = Mutex(
            State(
                roster: WorkerRoster(timing: timing),
                broker: BrokerWatch(timing: timing, at: time.elapsed)))
    }

    /// Whether and how workers can be reached now.
    var brokerState: BrokerState {
        let (isReachable, now) = (isReachable(), time.elapsed)
        return state.withLock { $0.broker.state(isReachable: isReachable, at: now) }
    }

    /// The workers that are online, by identifier.
    var workersOnline: [String] {
        let now = time.elapsed
        return state.withLock { $0.roster.workersOnline(at: now) }
    }

    /// Whether some worker could take a run with these needs now.
    func canServe(_ needs: RunNeeds, registry: [ExecutorRecord]) -> Bool {
        let candidates = ExecutorStage.candidates(for: needs, in: registry)
        let (broker, now) = (brokerState, time.elapsed)
        let choice = state.withLock {
            WorkerStage.choose(among: candidates, roster: $0.roster, broker: broker, at: now)
        }
        guard case .worker = choice else { return false }
        return true
    }

    /// Chooses a worker for a run and sets a place aside on it.
    func place(
        _ run: RunID, in workspace: WorkspaceID, needs: RunNeeds, registry: [ExecutorRecord],
        as id: AssignmentID
    ) -> Placement {
        let candidates = ExecutorStage.candidates(for: needs, in: registry)
        let (broker, now) = (brokerState, time.elapsed)
        return state.withLock { state in
            let choice = WorkerStage.choose(
                among: candidates, roster: state.roster, broker: broker, at: now)
            switch choice {
            case .wait(let reason): return .wait(reason)
            case .worker(let workerID, let executor):
                state.roster.reserve(id, on: workerID, at: now)
                // The roster lets go of a reservation that is as old; so is there no other bound.
                state.offers = state.offers.filter { now - $0.value.madeAt <= offerLife }
                state.offers[run] = Offer(
                    assignmentID: id, workerID: workerID, run: run, workspace: workspace,
                    madeAt: now)
                return .offer(
                    AssignmentStage.assignment(id, to: workerID, of: executor))
            }
        }
    }

    private var offerLife: Duration { timing.claimPatience * 3 }
}
