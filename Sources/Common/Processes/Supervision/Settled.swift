// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A value that is settled once, by the supervision thread, and awaited by anyone.
///
/// Waiting does not end with the waiting task's cancellation: the thread settles every value, and
/// cancellation makes it come to that soon.
final class Settled<Value: Sendable>: Sendable {
    private enum State {
        case open([CheckedContinuation<Value, Never>])
        case settled(Value)
    }

    private let state = Mutex(State.open([]))

    /// Settles the value; the first one stays.
    func settle(_ value: Value) {
        let waiting = state.withLock { state -> [CheckedContinuation<Value, Never>] in
            guard case .open(let waiting) = state else { return [] }
            state = .settled(value)
            return waiting
        }
        for continuation in waiting {
            continuation.resume(returning: value)
        }
    }

    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value = state.withLock { state -> Value? in
                    switch state {
                    case .settled(let value):
                        return value
                    case .open(let waiting):
                        state = .open(waiting + [continuation])
                        return nil
                    }
                }
                if let value {
                    continuation.resume(returning: value)
                }
            }
        }
    }
}
