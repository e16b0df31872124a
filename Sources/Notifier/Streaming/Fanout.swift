// SPDX-License-Identifier: Apache-2.0

import Model
import Synchronization

/// The feeds of all runs that somebody follows, and of no others.
final class Fanout: Sendable {
    private let framesPerRun: Int
    private let byRun = Mutex<[RunID: RunFeed]>([:])

    init(framesPerRun: Int) {
        self.framesPerRun = framesPerRun
    }

    /// The feed of a run; nil when nobody follows it.
    func feed(of run: RunID) -> RunFeed? { byRun.withLock { $0[run] } }

    /// All feeds, in no order.
    var feeds: [RunFeed] { byRun.withLock { Array($0.values) } }

    /// Lets a connection follow a run.
    func subscribe(_ subscriber: StreamSubscriber, to run: RunID, at now: Duration) -> RunFeed {
        byRun.withLock { byRun in
            let feed = byRun[run] ?? RunFeed(run: run, capacity: framesPerRun, at: now)
            byRun[run] = feed
            feed.add(subscriber)
            return feed
        }
    }

    /// Lets a connection go; a feed without subscribers is forgotten.
    func unsubscribe(_ id: ObjectIdentifier, from run: RunID) {
        byRun.withLock { byRun in
            if byRun[run]?.remove(id) == true { byRun[run] = nil }
        }
    }

    /// Closes every stream.
    func closeAll() {
        for feed in feeds { feed.close() }
    }
}
