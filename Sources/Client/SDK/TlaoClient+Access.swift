// SPDX-License-Identifier: Apache-2.0

public import API
import Curl

extension TlaoClient {
    /// Signs in: `POST /auth/login`.
    ///
    /// - Throws: ``TlaoError``, as every call; `AUTHENTICATION_REQUIRED` when name or password is
    ///   wrong.
    public func login(username: String, password: String) async throws -> LoginResponse {
        try await transport.call(
            .post, "/auth/login", body: LoginRequest(username: username, password: password))
    }

    /// Asks who the token stands for: `GET /auth/me`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func identity() async throws -> IdentityResponse {
        try await transport.call(.get, "/auth/me")
    }

    /// Asks whether the server is ready for work: `GET /readyz`; throws while it isn't.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func ready() async throws {
        _ = try await transport.call(.get, "/readyz")
    }
}
