// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells all who wait that something may have come true.
final class Broadcast: Sendable {
    private struct State {
        var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// Wakes everybody who waits now.
    func announce() {
        for continuation in state.withLock({ Array($0.waiting.values) }) { continuation.yield() }
    }

    /// Returns as soon as `condition` holds, which is asked now and after each announcement, or
    /// when the task is cancelled.
    func wait(until condition: () -> Bool) async {
        // Registered before the first look, so that no announcement falls in between.
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let ticket = state.withLock { state in
            state.next += 1
            state.waiting[state.next] = continuation
            return state.next
        }
        defer { _ = state.withLock { $0.waiting.removeValue(forKey: ticket) } }
        if condition() { return }
        for await _ in stream where condition() { return }
    }
}
