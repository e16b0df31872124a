// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The last bytes of a run's output, in memory, for the row that shows them while it runs.
final class LogTail: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var isChanged = false
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Creates a tail of at most `limit` bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// Adds output; what is older than the limit goes.
    func append(_ bytes: [UInt8]) {
        state.withLock { state in
            state.bytes += bytes
            // Cut only now and then, so that adding costs no more than what is added.
            if state.bytes.count > limit * 2 { state.bytes.removeFirst(state.bytes.count - limit) }
            state.isChanged = true
        }
    }

    /// The tail as text, when it has changed since it was last taken.
    func takeChanged() -> String? {
        let bytes: [UInt8]? = state.withLock { state in
            guard state.isChanged else { return nil }
            state.isChanged = false
            return Array(state.bytes.suffix(limit))
        }
        guard let bytes else { return nil }
        let start = bytes.prefix(3).firstIndex { $0 & 0b1100_0000 != 0b1000_0000 } ?? 0
        var repair = UTF8Repair()
        return String(decoding: repair.add(bytes[start...]) + repair.finish(), as: UTF8.self)
    }
}
