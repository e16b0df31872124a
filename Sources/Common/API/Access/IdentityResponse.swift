// SPDX-License-Identifier: Apache-2.0

public import Model

/// The answer to `GET /auth/me`.
public struct IdentityResponse: Hashable, Codable, Sendable {
    /// Who the token stands for.
    public let userId: UserID
    /// The name they sign in with.
    public let username: String
    /// What they may do.
    public let role: User.Role

    /// Creates an answer.
    public init(userId: UserID, username: String, role: User.Role) {
        self.userId = userId
        self.username = username
        self.role = role
    }
}
