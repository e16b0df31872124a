// SPDX-License-Identifier: Apache-2.0
import Synchronization
import TestSupport

/// Collects what handlers report, and lets a test wait for it.
final class EventLog<Event: Sendable>: Sendable {
    private struct State {
        var events: [Event] = []
        var streams: [AsyncStream<[Event]>.Continuation] = []
    }

    private let state = Mutex(State())

    var events: [Event] { state.withLock { $0.events } }

    func add(_ event: Event) {
        state.withLock { state in
            state.events.append(event)
            for stream in state.streams { stream.yield(state.events) }
        }
    }

    /// Waits until what has been reported so far satisfies the condition.
    func wait(
        _ limit: Duration = .seconds(20), for what: String,
        _ condition: @escaping @Sendable ([Event]) -> Bool
    ) async throws {
        try await withDeadline(limit, for: what) {
            for await events in self.updates() where condition(events) { return }
            throw CancellationError()
        }
    }

    private func updates() -> AsyncStream<[Event]> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: [Event].self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            state.streams.append(continuation)
            continuation.yield(state.events)
        }
        return stream
    }
}
