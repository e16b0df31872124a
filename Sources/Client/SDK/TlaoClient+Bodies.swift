// SPDX-License-Identifier: Apache-2.0

import Curl

extension TlaoClient {
    /// Gets a path of the API and answers the body of the answer as it came.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func body(of path: String, query: [(String, String?)] = []) async throws -> [UInt8] {
        try await transport.call(.get, path, query: query)
    }

    /// Posts a JSON document to a path of the API and answers the body of the answer as it came.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func body(posting document: some Encodable & Sendable, to path: String) async throws
        -> [UInt8]
    {
        try await transport.call(.post, path, body: document)
    }

    /// Puts a JSON document to the path made of `components` and answers the body of the answer as
    /// it came.
    ///
    /// Each component may be any text; it is percent-encoded.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func body(
        putting document: some Encodable & Sendable, to components: [String]
    ) async throws -> [UInt8] {
        let path = components.map { "/" + Transport.escaped($0) }.joined()
        return try await transport.call(.put, path, body: document)
    }
}
