// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The bounded buffer between libcurl, which writes on the client's thread, and the one reader.
final class IncomingBody: Sendable {
    /// What became of bytes that libcurl offered.
    enum Acceptance {
        case taken
        /// Not taken: libcurl keeps them and offers them again once resumed.
        case full
        /// The transfer is over; nobody will read them.
        case over
    }

    /// Small pieces are joined up to this size, so that the bound on bytes is one on memory too.
    private static let joinedBytes = 16_384

    fileprivate typealias Reader = CheckedContinuation<Result<[UInt8]?, CurlError>, Never>

    fileprivate struct State {
        var chunks: [[UInt8]] = []
        /// Chunks before this one were read.
        var next = 0
        var byteCount = 0
        var isPaused = false
        var outcome: Result<Void, CurlError>?
        var reader: Reader?
        var drained: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Whether libcurl was told to wait and not yet to go on.
    var isPaused: Bool {
        state.withLock(\.isPaused)
    }

    /// Whether the transfer has ended, be it that unread bytes are left.
    var isOver: Bool {
        state.withLock { $0.outcome != nil }
    }

    /// Sets what is called, on the reader's thread, when a full buffer is half empty again.
    func whenDrained(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.drained = action }
    }

    /// Takes bytes from libcurl; called on the client's thread.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Acceptance {
        let (acceptance, reader) = state.withLock { state -> (Acceptance, Reader?) in
            guard state.outcome == nil else { return (.over, nil) }
            guard state.reader == nil else { return (.taken, state.reader.take()) }
            guard state.byteCount < capacity else {
                state.isPaused = true
                return (.full, nil)
            }
            state.append(bytes, joiningUpTo: Self.joinedBytes)
            return (.taken, nil)
        }
        reader?.resume(returning: .success(Array(bytes)))
        return acceptance
    }

    /// The next chunk, `nil` at the end; waits for it.
    func next() async -> Result<[UInt8]?, CurlError> {
        await withCheckedContinuation { continuation in
            let (result, drained) = state.withLock { state in
                state.read(waiting: continuation, lowWater: capacity / 2)
            }
            if let result { continuation.resume(returning: result) }
            drained?()
        }
    }

    /// Marks the end; what is buffered stays readable.
    ///
    /// A second end changes nothing.
    func end(_ outcome: Result<Void, CurlError>) {
        let reader = state.withLock { state in
            if state.outcome == nil { state.outcome = outcome }
            state.isPaused = false
            state.drained = nil
            return state.reader.take()
        }
        reader?.resume(returning: outcome.map { nil })
    }

    /// Drops what is buffered, and lets reading fail; returns whether the transfer was not yet
    /// over.
    func cancel() -> Bool {
        let (wasRunning, reader) = state.withLock { state in
            let wasRunning = state.outcome == nil
            if wasRunning || state.byteCount > 0 { state.outcome = .failure(.cancelled) }
            state.discard()
            return (wasRunning, state.reader.take())
        }
        reader?.resume(returning: .failure(.cancelled))
        return wasRunning
    }
}

extension IncomingBody.State {
    mutating func append(_ bytes: UnsafeRawBufferPointer, joiningUpTo limit: Int) {
        byteCount += bytes.count
        let last = chunks.count - 1
        if last >= next, chunks[last].count + bytes.count <= limit {
            chunks[last].append(contentsOf: bytes)
        } else {
            chunks.append(Array(bytes))
        }
    }

    mutating func read(
        waiting continuation: IncomingBody.Reader, lowWater: Int
    ) -> (Result<[UInt8]?, CurlError>?, drained: (@Sendable () -> Void)?) {
        if next < chunks.count { return (.success(takeChunk()), resumption(at: lowWater)) }
        if let outcome { return (outcome.map { nil }, nil) }
        guard reader == nil else {
            let error = CurlError(.bodyInUse, reason: "Another task is reading this body.")
            return (.failure(error), nil)
        }
        reader = continuation
        return (nil, nil)
    }

    mutating func discard() {
        chunks = []
        next = 0
        byteCount = 0
        isPaused = false
        drained = nil
    }

    private mutating func takeChunk() -> [UInt8] {
        let chunk = chunks[next]
        chunks[next] = []
        next += 1
        byteCount -= chunk.count
        if next == chunks.count {
            chunks.removeAll(keepingCapacity: true)
            next = 0
        }
        return chunk
    }

    private mutating func resumption(at lowWater: Int) -> (@Sendable () -> Void)? {
        guard isPaused, byteCount <= lowWater else { return nil }
        isPaused = false
        return drained
    }
}
