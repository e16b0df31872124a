// SPDX-License-Identifier: Apache-2.0

public import Model

/// The answer to `POST /auth/login`.
public struct LoginResponse: Hashable, Codable, Sendable {
    /// The token, for `Authorization: Bearer`.
    public let token: String
    /// Always `Bearer`.
    public let tokenType: String
    /// When the token stops working.
    public let expiresAt: Timestamp
    /// Who signed in.
    public let userId: UserID

    /// Creates an answer.
    public init(token: String, expiresAt: Timestamp, userId: UserID) {
        self.token = token
        self.tokenType = "Bearer"
        self.expiresAt = expiresAt
        self.userId = userId
    }
}
