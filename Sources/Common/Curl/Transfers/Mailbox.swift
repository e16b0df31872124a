// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// How other threads tell the client's thread what to do.
///
/// The thread is woken while the lock is held, and gives its wake-up call back under the same lock
/// (`shut`), so nobody can wake a multi handle that is already freed.
final class Mailbox: Sendable {
    enum Message: Sendable {
        case add(Transfer)
        case resume(Transfer)
        case remove(Transfer)
        case close
    }

    private struct State {
        var messages: [Message] = []
        var wake: (@Sendable () -> Void)?
    }

    private let state: Mutex<State>

    /// Opens the mailbox of a thread that `wake` makes look into it.
    init(wake: @escaping @Sendable () -> Void) {
        state = Mutex(State(wake: wake))
    }

    /// Leaves a message; false when nobody will read it any more.
    @discardableResult
    func post(_ message: Message) -> Bool {
        state.withLock { state in
            guard let wake = state.wake else { return false }
            // One wake-up is enough: the thread takes all messages at once.
            if state.messages.isEmpty { wake() }
            state.messages.append(message)
            return true
        }
    }

    /// Takes what has come since the last time.
    func take() -> [Message] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// Takes the last messages; from now on nothing can be posted.
    func shut() -> [Message] {
        state.withLock { state in
            defer { state = State() }
            return state.messages
        }
    }
}
