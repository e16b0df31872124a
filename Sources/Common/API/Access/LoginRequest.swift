// SPDX-License-Identifier: Apache-2.0

/// The body of `POST /auth/login`.
public struct LoginRequest: Hashable, Codable, Sendable {
    /// The user's name.
    public let username: String
    /// The user's password.
    public let password: String

    /// Creates a request.
    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }
}
