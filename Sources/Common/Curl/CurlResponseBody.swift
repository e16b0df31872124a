// SPDX-License-Identifier: Apache-2.0

/// A response's body: chunks as they arrive, read once, by one task at a time.
///
/// A reader that falls behind slows the server down, see `CurlConfiguration.receiveBufferBytes`.
/// The sequence ends only where the body did: a body that was cut off throws `connectionLost`,
/// after the chunks that came. Cancelling the reading task ends the transfer and throws
/// `cancelled`. A second iterator goes on where the first one stopped.
public struct CurlResponseBody: AsyncSequence, Sendable {
    /// Some bytes, never none.
    public typealias Element = [UInt8]

    /// What reading may throw.
    public typealias Failure = CurlError

    private let ownership: TransferOwnership

    init(of transfer: Transfer) {
        ownership = TransferOwnership(of: transfer)
    }

    /// Starts, or goes on, reading.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(ownership: ownership)
    }

    /// The whole body in memory.
    ///
    /// Throws `bodyTooLarge` and ends the transfer as soon as there are more than `limit` bytes.
    public func collect(upTo limit: Int) async throws(CurlError) -> [UInt8] {
        var collected: [UInt8] = []
        let iterator = makeAsyncIterator()
        while let chunk = try await iterator.next() {
            guard collected.count + chunk.count <= limit else {
                ownership.transfer.cancel()
                throw CurlError(
                    .bodyTooLarge, reason: "The response's body is over \(limit) bytes.")
            }
            collected += chunk
        }
        return collected
    }
}

extension CurlResponseBody {
    /// The place in the body; it shares that place with the body's other iterators.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let ownership: TransferOwnership

        /// The next chunk as soon as there is one, or `nil` at the end of the body.
        public func next() async throws(CurlError) -> [UInt8]? {
            try await next(isolation: nil)
        }

        /// The next chunk as soon as there is one, or `nil` at the end of the body.
        public func next(
            isolation actor: isolated (any Actor)?
        ) async throws(CurlError) -> [UInt8]? {
            let transfer = ownership.transfer
            let result = await withTaskCancellationHandler {
                await transfer.incoming.next()
            } onCancel: {
                transfer.cancel()
            }
            return try result.get()
        }
    }
}

/// Ends its transfer when nobody can read the body any more.
private final class TransferOwnership: Sendable {
    let transfer: Transfer

    init(of transfer: Transfer) {
        self.transfer = transfer
    }

    deinit {
        transfer.cancel()
    }
}
