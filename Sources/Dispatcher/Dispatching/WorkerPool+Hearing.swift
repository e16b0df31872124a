// SPDX-License-Identifier: Apache-2.0

import Model
import Seams
import Synchronization

// What the pool is told about workers.
extension WorkerPool {
    /// Takes note of a heartbeat that Kafka brought; answers whether it was news.
    func heard(_ heartbeat: WorkerHeartbeat) -> Bool {
        let (now, wallTime) = (time.elapsed, time.now)
        return state.withLock { state in
            guard state.roster.heard(heartbeat, at: now, wallTime: wallTime) else { return false }
            state.broker.heard(at: now)
            return true
        }
    }

    /// Takes note of what workers say in the table; answers whether any of them is alive.
    ///
    /// What stands there may be days old: only a count that rose since the last look shows life.
    func met(_ presences: [WorkerHeartbeat]) -> Bool {
        let (now, wallTime) = (time.elapsed, time.now)
        return state.withLock { state in
            let living = presences.filter { presence in
                state.presences[presence.workerID].map { $0 < presence.count } ?? false
            }
            state.presences = Dictionary(
                presences.map { ($0.workerID, $0.count) }, uniquingKeysWith: max)
            for presence in living {
                state.roster.heard(presence, at: now, wallTime: wallTime)
            }
            return !living.isEmpty
        }
    }

    /// Forgets what was read in the table, so that a later outage starts afresh.
    func forgetPresences() {
        state.withLock { $0.presences = [:] }
    }
}
