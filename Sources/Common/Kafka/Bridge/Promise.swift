// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Brings one outcome from a thread of ours to the tasks that await it.
///
/// The first outcome counts, whoever brings it: librdkafka, a deadline or the end of the client.
/// Each waiter is resumed exactly once, by the outcome or by its own task's cancellation, and
/// always outside the lock.
final class Promise<Value: Sendable>: Sendable {
    typealias Outcome = Result<Value, KafkaError>

    private enum Waiter {
        /// Counted, but not suspended yet.
        case arriving
        /// Cancelled before it was suspended.
        case cancelled
        case suspended(CheckedContinuation<Outcome, Never>)
    }

    private struct State {
        var outcome: Outcome?
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
    }

    private let state: Mutex<State>

    /// Starts unsettled, or with an outcome that is known already.
    init(_ outcome: Outcome? = nil) { state = Mutex(State(outcome: outcome)) }

    var isResolved: Bool { state.withLock { $0.outcome != nil } }

    /// Settles the promise and returns true; later outcomes are ignored, for the first one counts.
    @discardableResult
    func resolve(_ outcome: Outcome) -> Bool {
        let suspended = state.withLock { state -> [CheckedContinuation<Outcome, Never>]? in
            guard state.outcome == nil else { return nil }
            state.outcome = outcome
            defer { state.waiters.removeAll() }
            return state.waiters.values.compactMap {
                if case .suspended(let continuation) = $0 { continuation } else { nil }
            }
        }
        guard let suspended else { return false }
        for continuation in suspended { continuation.resume(returning: outcome) }
        return true
    }

    /// Waits for the outcome, or ends at once with `.cancelled` when the task is cancelled.
    func value() async throws(KafkaError) -> Value {
        let waiter = addWaiter()
        let result = await withTaskCancellationHandler {
            await outcome(for: waiter)
        } onCancel: {
            cancel(waiter)
        }
        return try result.get()
    }

    /// Waits for the outcome whatever happens to the task: for ends that must be reached.
    func outcome() async -> Outcome {
        await outcome(for: addWaiter())
    }

    private func addWaiter() -> Int {
        state.withLock { state in
            defer { state.nextWaiter += 1 }
            state.waiters[state.nextWaiter] = .arriving
            return state.nextWaiter
        }
    }

    private func outcome(for waiter: Int) async -> Outcome {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state -> Outcome? in
                if let outcome = state.outcome {
                    state.waiters[waiter] = nil
                    return outcome
                }
                if case .cancelled = state.waiters[waiter] {
                    state.waiters[waiter] = nil
                    return .failure(.cancelled)
                }
                state.waiters[waiter] = .suspended(continuation)
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    private func cancel(_ waiter: Int) {
        let suspended = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            switch state.waiters[waiter] {
            case .suspended(let continuation):
                state.waiters[waiter] = nil
                return continuation
            case .arriving:
                state.waiters[waiter] = .cancelled
                return nil
            case .cancelled, nil:
                return nil
            }
        }
        suspended?.resume(returning: .failure(.cancelled))
    }
}
