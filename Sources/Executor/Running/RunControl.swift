// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Stops one run, from wherever the reason is noticed, and tells the steps of its execution.
final class RunControl: Sendable {
    private struct State {
        var reason: StopReason?
        var observers: [Int: AsyncStream<StopReason>.Continuation] = [:]
        var next = 0
    }

    /// Says that the run's row should be looked at now; several wishes may be one.
    let looks: AsyncStream<Void>

    private let lookContinuation: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    init() {
        (looks, lookContinuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Why the run was stopped; nil when it wasn't.
    var reason: StopReason? { state.withLock { $0.reason } }

    /// Whether nothing more may be written.
    var isLost: Bool { reason == .lost }

    /// Has the run's row looked at.
    func look() { lookContinuation.yield() }

    /// Stops the run.
    ///
    /// The first reason stays, but a lost hold outweighs all others.
    func stop(_ reason: StopReason) {
        let observers = state.withLock { state in
            guard state.reason == nil || (reason == .lost && state.reason != .lost) else {
                return [AsyncStream<StopReason>.Continuation]()
            }
            state.reason = reason
            return Array(state.observers.values)
        }
        for observer in observers { observer.yield(reason) }
    }

    /// Calls `react` with the reason as soon as the run is stopped, and again when its hold is lost
    /// after that; returns when the task is cancelled.
    func watch(_ react: (StopReason) -> Void) async {
        let (stream, continuation) = AsyncStream.makeStream(
            of: StopReason.self, bufferingPolicy: .bufferingNewest(2))
        let (ticket, reason) = state.withLock { state in
            state.next += 1
            state.observers[state.next] = continuation
            return (state.next, state.reason)
        }
        defer { _ = state.withLock { $0.observers.removeValue(forKey: ticket) } }
        if let reason { react(reason) }
        for await reason in stream { react(reason) }
    }

    /// Carries out a step that any stop cancels.
    ///
    /// - Throws: ``RunStopped`` when that happened, or what `step` throws.
    func untilStopped<Value: Sendable>(
        _ step: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await until({ _ in true }, step)
    }

    /// Carries out a step that only the loss of the hold cancels.
    ///
    /// - Throws: ``RunStopped`` when that happened, or what `step` throws.
    func untilLost<Value: Sendable>(
        _ step: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await until({ $0 == .lost }, step)
    }

    private func until<Value: Sendable>(
        _ isEnd: @escaping @Sendable (StopReason) -> Bool,
        _ step: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await step() }
            group.addTask {
                await self.watch { reason in
                    if isEnd(reason) { continuation.finish() }
                }
                return nil
            }
            group.addTask {
                for await _ in ends {}
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw RunStopped() }
            return value
        }
    }
}
