// SPDX-License-Identifier: Apache-2.0

/// The bytes of an object on their way into a store: a single-pass sequence of chunks.
public struct ObjectBody: Sendable, AsyncSequence {
    /// A chunk.
    public typealias Element = [UInt8]

    private let makeIterator: @Sendable () -> AsyncIterator

    /// Wraps a sequence of chunks of any size.
    public init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks)
    where Chunks.Element == [UInt8] {
        makeIterator = { AsyncIterator(chunks.makeAsyncIterator()) }
    }

    /// Wraps bytes that are in memory.
    public init(bytes: [UInt8]) {
        makeIterator = { AsyncIterator(SingleChunk(bytes: bytes)) }
    }

    /// Starts the pass.
    public func makeAsyncIterator() -> AsyncIterator { makeIterator() }

    /// Walks over the chunks.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var iterator: any AsyncIteratorProtocol

        init(_ iterator: any AsyncIteratorProtocol) { self.iterator = iterator }

        /// Yields the next chunk, nil at the end.
        public mutating func next() async throws -> [UInt8]? {
            try await iterator.next() as? [UInt8]
        }
    }

    private struct SingleChunk: AsyncIteratorProtocol {
        var bytes: [UInt8]?
        mutating func next() async -> [UInt8]? {
            defer { bytes = nil }
            return bytes
        }
    }
}
