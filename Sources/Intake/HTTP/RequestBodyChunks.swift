// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import Storage

/// A request's body on its way into the object store, chunk by chunk, read as fast as it is stored.
struct RequestBodyChunks: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    let body: RequestBody

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(iterator: body.makeAsyncIterator()) }

    struct AsyncIterator: AsyncIteratorProtocol {
        var iterator: RequestBody.AsyncIterator

        mutating func next() async throws -> [UInt8]? {
            try await iterator.next().map { Array($0.readableBytesView) }
        }
    }
}
