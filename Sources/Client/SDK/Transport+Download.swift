// SPDX-License-Identifier: Apache-2.0

import Curl

extension Transport {
    /// Hands a body on, chunk by chunk.
    func receive(
        _ body: CurlResponseBody, name: String, to receive: ([UInt8]) async throws -> Void
    ) async throws {
        let chunks = body.makeAsyncIterator()
        while let chunk = try await next(chunks, name: name) { try await receive(chunk) }
    }

    private func next(
        _ chunks: CurlResponseBody.AsyncIterator, name: String
    ) async throws(TlaoError) -> [UInt8]? {
        do {
            return try await chunks.next()
        } catch {
            throw TlaoError(transfer: error, request: name)
        }
    }
}
