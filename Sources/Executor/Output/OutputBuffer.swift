// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Output between its reader and the writer of steps: bounded, so that an agent that writes faster
/// than steps can be stored waits in its pipe.
final class OutputBuffer: Sendable {
    /// A piece as it was read.
    struct Piece: Sendable {
        let stream: OutputStream
        let bytes: [UInt8]
    }

    private struct State {
        var pieces: [Piece] = []
        var count = 0
        var isFinished = false
        var isClosed = false
    }

    /// The most bytes held, exceeded by at most one piece.
    private let limit: Int
    private let state = Mutex(State())
    private let arrived = Broadcast()
    private let taken = Broadcast()

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether nothing more will come.
    var isFinished: Bool { state.withLock { $0.isFinished } }

    /// Adds a piece as soon as there is room; drops it when nobody takes any more.
    func add(_ piece: Piece) async {
        await taken.wait { state.withLock { $0.count < limit || $0.isClosed } }
        state.withLock { state in
            guard !state.isClosed else { return }
            state.pieces.append(piece)
            state.count += piece.bytes.count
        }
        arrived.announce()
    }

    /// Says that nothing more will come.
    func finish() {
        state.withLock { $0.isFinished = true }
        arrived.announce()
    }

    /// Says that nothing more will be taken; the reader is never held up again.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.pieces = []
            state.count = 0
        }
        taken.announce()
    }

    /// Returns when at least `count` bytes are there, or nothing more will come.
    func wait(for count: Int) async {
        await arrived.wait { state.withLock { $0.count >= count || $0.isFinished } }
    }

    /// Takes all that is there.
    func take() -> [Piece] {
        let pieces = state.withLock { state in
            defer {
                state.pieces = []
                state.count = 0
            }
            return state.pieces
        }
        taken.announce()
        return pieces
    }
}
