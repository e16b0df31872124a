// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A number that several tasks raise, and for which one can wait.
final class Counter: Sendable {
    private struct State {
        var value = 0
        var goals: [(Int, Signal)] = []
    }

    private let state = Mutex(State())

    var value: Int {
        state.withLock(\.value)
    }

    func add(_ amount: Int = 1) {
        let reached = state.withLock { state in
            state.value += amount
            let value = state.value
            defer { state.goals.removeAll { $0.0 <= value } }
            return state.goals.filter { $0.0 <= value }.map(\.1)
        }
        for signal in reached { signal.give() }
    }

    func wait(for goal: Int) async {
        let signal = Signal()
        let isReached = state.withLock { state in
            if state.value < goal { state.goals.append((goal, signal)) }
            return state.value >= goal
        }
        if !isReached { await signal.wait() }
    }
}
