// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The bounded buffer between a request's stream and libcurl, which reads on the client's thread.
///
/// Nothing is pulled before libcurl asks for the first byte. Each time it starts over (`rewind`) a
/// new generation begins, and what an older one still offers is refused.
final class OutgoingBody: Sendable {
    /// What libcurl gets for its question.
    enum Supply {
        case bytes(Int)
        /// None yet: libcurl waits until it is resumed.
        case later
        case end
        case failed(CurlError)
    }

    /// The stream goes on while fewer bytes than this wait for libcurl.
    private static let capacity = 65_536

    fileprivate struct State {
        var buffer: [UInt8] = []
        var taken = 0
        var total: Int64 = 0
        /// 0 before libcurl first asked.
        var generation = 0
        var isAsked = false
        var isComplete = false
        var failure: CurlError?
        var isOver = false
        var isPaused = false
        var waiters: [Waiter] = []
        var filled: (@Sendable () -> Void)?
    }

    fileprivate struct Waiter {
        let isDue: @Sendable (borrowing State) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private let state = Mutex(State())
    private let length: Int64?

    init(length: Int64?) {
        self.length = length
    }

    /// Whether libcurl was told to wait and not yet to go on.
    var isPaused: Bool {
        state.withLock(\.isPaused)
    }

    /// Sets what is called, on the stream's thread, when libcurl waits and there is something.
    func whenFilled(_ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.filled = action }
    }

    /// Fills libcurl's buffer; called on the client's thread.
    func supply(_ buffer: UnsafeMutableRawBufferPointer) -> Supply {
        mutate { state in
            if !state.isAsked {
                state.isAsked = true
                state.generation += 1
            }
            if let failure = state.failure { return .failed(failure) }
            let count = state.take(into: buffer)
            if count > 0 { return .bytes(count) }
            if state.isComplete || state.isOver { return .end }
            state.isPaused = true
            return .later
        }
    }

    /// Starts over: the stream is made anew when libcurl asks next.
    func rewind() {
        mutate { state in
            guard state.isAsked else { return }
            state.generation += 1
            state.isAsked = false
            state.isComplete = false
            state.isPaused = false
            state.total = 0
            state.drop()
        }
    }

    /// Ends the stream, whether or not all of it was taken.
    func end() {
        mutate { state in
            state.isOver = true
            state.isPaused = false
            state.drop()
            state.filled = nil
        }
    }

    /// Runs the stream, once for each generation, until the transfer is over.
    func pump(_ feed: @escaping @Sendable (CurlRequestBody.Sink) async throws -> Void) async {
        var served = 0
        while let generation = await generation(after: served) {
            served = generation
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.run(feed, for: generation) }
                await self.wait { $0.isDone(with: generation) }
                group.cancelAll()
            }
        }
    }

    private func generation(after served: Int) async -> Int? {
        await wait { $0.isOver || ($0.isAsked && $0.generation > served) }
        return state.withLock { $0.isOver ? nil : $0.generation }
    }

    private func run(
        _ feed: @Sendable (CurlRequestBody.Sink) async throws -> Void, for generation: Int
    ) async {
        do {
            try await feed { await self.offer($0, for: generation) }
            complete(generation)
        } catch {
            let reason = "The stream of the request's body failed."
            fail(CurlError(.bodyFailed, reason: reason, cause: error), for: generation)
        }
    }

    private func offer(_ chunk: [UInt8], for generation: Int) async -> Bool {
        let isAccepted = mutate { state -> Bool in
            guard !state.isDone(with: generation) else { return false }
            guard !chunk.isEmpty else { return true }
            if let length, state.total + Int64(chunk.count) > length {
                state.failure = .bodyLength("is longer than", length)
            } else {
                state.append(chunk)
            }
            state.isComplete = length == state.total
            return true
        }
        guard isAccepted else { return false }
        resumeIfPaused()
        await wait { $0.isDone(with: generation) || $0.waitingBytes < Self.capacity }
        return state.withLock { !$0.isDone(with: generation) }
    }

    private func complete(_ generation: Int) {
        mutate { state in
            guard !state.isDone(with: generation) else { return }
            if let length, state.total < length {
                state.failure = .bodyLength("is shorter than", length)
            }
            state.isComplete = true
        }
        resumeIfPaused()
    }

    private func fail(_ error: CurlError, for generation: Int) {
        mutate { state in
            if !state.isDone(with: generation) { state.failure = error }
        }
        resumeIfPaused()
    }

    private func resumeIfPaused() {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            guard state.isPaused else { return nil }
            state.isPaused = false
            return state.filled
        }
        action?()
    }

    private func wait(until isDue: @escaping @Sendable (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            mutate { $0.waiters.append(Waiter(isDue: isDue, continuation: continuation)) }
        }
    }

    /// Changes the state, then wakes whoever waited for what it now is, outside the lock.
    private func mutate<Value: Sendable>(_ change: (inout State) -> Value) -> Value {
        let (value, due) = state.withLock { state -> (Value, [Waiter]) in
            let value = change(&state)
            return (value, state.takeDueWaiters())
        }
        for waiter in due { waiter.continuation.resume() }
        return value
    }
}

extension OutgoingBody.State {
    mutating func takeDueWaiters() -> [OutgoingBody.Waiter] {
        let waiting = waiters
        let due = waiting.filter { $0.isDue(self) }
        if !due.isEmpty { waiters = waiting.filter { !$0.isDue(self) } }
        return due
    }

    var waitingBytes: Int { buffer.count - taken }

    func isDone(with generation: Int) -> Bool {
        isOver || failure != nil || isComplete || self.generation != generation
    }

    mutating func append(_ chunk: [UInt8]) {
        total += Int64(chunk.count)
        if waitingBytes == 0 {
            buffer = chunk
            taken = 0
        } else {
            buffer.append(contentsOf: chunk)
        }
    }

    mutating func take(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(waitingBytes, target.count)
        guard count > 0 else { return 0 }
        target.copyBytes(from: buffer[taken..<taken + count])
        taken += count
        if waitingBytes == 0 { drop() }
        return count
    }

    mutating func drop() {
        buffer = []
        taken = 0
    }
}

extension CurlError {
    fileprivate static func bodyLength(_ comparison: String, _ length: Int64) -> CurlError {
        CurlError(
            .bodyFailed,
            reason: "The stream of the request's body \(comparison) its \(length) bytes.")
    }
}
