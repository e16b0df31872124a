// SPDX-License-Identifier: Apache-2.0

import Curl

extension Transport {
    /// Passes an answer whose body is what was asked for, and throws any other.
    ///
    /// Also a success without content, or with a part of it, is no download.
    func requireContent(_ response: CurlResponse, name: String) async throws(TlaoError) {
        guard response.status != 200 else { return }
        _ = try await collect(response, name: name)
        throw TlaoError(
            .unexpectedAnswer, status: response.status,
            message: "The server answered \(response.status) instead of the content.",
            request: name)
    }

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
