// SPDX-License-Identifier: Apache-2.0

import Model
import Synchronization

/// What is remembered of waiting runs, so that a run which can't go is not read at every turn.
///
/// Only ever spares reads: what is decided from it is checked on the run's row. When the limit is
/// reached everything is forgotten at once and read again. Safe from any task.
final class KnownRuns: Sendable {
    /// What is remembered of a run.
    struct Facts: Sendable {
        let needs: RunNeeds
        /// The reason to wait that stands on the run, as far as known.
        var reason: WaitingReason?
    }

    private let limit: Int
    private let facts = Mutex<[RunID: Facts]>([:])

    /// Creates a memory of at most `limit` runs.
    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// What is remembered of a run.
    func facts(of run: RunID) -> Facts? { facts.withLock { $0[run] } }

    /// Remembers a run as it was read.
    @discardableResult
    func remember(_ run: Run) -> Facts {
        let known = Facts(needs: RunNeeds(run), reason: run.waitingReason)
        facts.withLock { facts in
            if facts.count >= limit, facts[run.id] == nil { facts.removeAll() }
            facts[run.id] = known
        }
        return known
    }

    /// Forgets a run: it doesn't wait any more, or isn't as it was thought to be.
    func forget(_ run: RunID) {
        facts.withLock { $0[run] = nil }
    }
}
