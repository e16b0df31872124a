// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// How a connection waits for a lock that another process holds: short pauses, up to a limit.
///
/// SQLite can't wake who waits, so there is nothing to wait on but time; its own handler soon
/// pauses 50 ms and more, many times what a transaction takes. One for each connection, called on
/// its queue only.
final class BusyPatience: Sendable {
    private let limit: Duration
    private let start = Mutex(ContinuousClock.now)

    /// Creates the patience of one connection.
    init(limit: Duration) { self.limit = limit }

    /// Pauses and returns true, or returns false when the limit has passed.
    ///
    /// `tries` counts from 0 within one wait. The pause is random, so that processes do not stay in
    /// step.
    func waits(tries: Int) -> Bool {
        let now = ContinuousClock.now
        let start = start.withLock { start in
            if tries == 0 { start = now }
            return start
        }
        guard start.duration(to: now) < limit else { return false }
        let longest = min(0.000_2 * Double(tries + 1), 0.005)
        Thread.sleep(forTimeInterval: Double.random(in: 0.000_1...(0.000_1 + longest)))
        return true
    }
}
