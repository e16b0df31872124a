// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells a test that something happened, once for each time it happened.
///
/// Values are kept, in order, until a test takes them, so it does not matter which side is first. Any
/// thread may send; sending never blocks.
public final class TestSignal<Value: Sendable>: Sendable {
    private struct State {
        var values: [Value] = []
        var waiting: [(id: Int, continuation: CheckedContinuation<Value?, Never>)] = []
        var nextID = 0
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    /// Makes a signal that nobody has sent yet.
    public init() {}

    /// Hands a value to the one who has waited longest, or keeps it for the next.
    public func send(_ value: Value) {
        let waiter = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.values.append(value)
                return CheckedContinuation<Value?, Never>?.none
            }
            return state.waiting.removeFirst().continuation
        }
        waiter?.resume(returning: value)
    }

    /// Takes the oldest value, waiting for one if need be.
    ///
    /// Throws `DeadlineExceeded` at the limit and `CancellationError` when the task is cancelled.
    public func next(
        within limit: Duration = .seconds(20), _ expectation: String = "a signal",
        fileID: String = #fileID, line: Int = #line
    ) async throws -> Value {
        try await withDeadline(limit, for: expectation, fileID: fileID, line: line) {
            guard let value = await self.take() else { throw CancellationError() }
            return value
        }
    }

    /// Takes the given number of values, each within the limit.
    public func next(
        _ count: Int, within limit: Duration = .seconds(20), _ expectation: String = "a signal",
        fileID: String = #fileID, line: Int = #line
    ) async throws -> [Value] {
        var values: [Value] = []
        for _ in 0..<count {
            values.append(
                try await next(within: limit, expectation, fileID: fileID, line: line))
        }
        return values
    }

    /// The values that nobody has taken yet.
    public var pending: [Value] { state.withLock { $0.values } }

    private func take() async -> Value? {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { wait(as: id, $0) }
        } onCancel: {
            cancel(id)
        }
    }

    /// Answers at once when there is a value or the cancellation came first.
    private func wait(as id: Int, _ continuation: CheckedContinuation<Value?, Never>) {
        let answer: Value?? = state.withLock { state in
            if state.cancelled.remove(id) != nil { return .some(nil) }
            if !state.values.isEmpty { return state.values.removeFirst() }
            state.waiting.append((id, continuation))
            return .none
        }
        if let answer { continuation.resume(returning: answer) }
    }

    private func cancel(_ id: Int) {
        let waiter = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return CheckedContinuation<Value?, Never>?.none
            }
            return state.waiting.remove(at: index).continuation
        }
        waiter?.resume(returning: nil)
    }
}

extension TestSignal where Value == Void {
    /// Tells that it happened once more.
    public func send() {
        send(())
    }
}
