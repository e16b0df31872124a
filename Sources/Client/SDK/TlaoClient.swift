// SPDX-License-Identifier: Apache-2.0

import Curl

/// Talks to TLÁO Codex: a typed method for every endpoint.
///
/// Safe to use from any task; calls run in parallel over kept connections. End it with ``close()``.
public final class TlaoClient: Sendable {
    let transport: Transport

    /// Creates a client of the API at `address` (`http://127.0.0.1:8080`), with a token where there
    /// is one.
    ///
    /// - Throws: ``TlaoError`` when the address is none, or the client can't be set up.
    public init(address: String, token: String? = nil) throws {
        transport = try Transport(address: address, token: token)
    }

    /// The address the client was made with, without a trailing slash.
    public var address: String { transport.address }

    /// Ends all calls that are under way and closes all connections.
    public func close() async {
        await transport.close()
    }

    /// Runs `body` with a client that is closed afterwards, however `body` ends.
    ///
    /// - Throws: What `body` throws, or ``TlaoError`` when the client can't be made.
    public static func with<Result>(
        address: String, token: String? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (TlaoClient) async throws -> Result
    ) async throws -> Result {
        let client = try TlaoClient(address: address, token: token)
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(client))
        } catch {
            outcome = .failure(error)
        }
        await client.close()
        return try outcome.get()
    }
}
