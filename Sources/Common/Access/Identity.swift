// SPDX-License-Identifier: Apache-2.0

public import Model

/// Who a valid token stands for.
public struct Identity: Hashable, Sendable {
    /// The user.
    public let userID: UserID
    /// The name they sign in with.
    public let username: String
    /// What they may do, as of when the token was issued.
    public let role: User.Role
    /// Identifies the token.
    public let tokenID: String
    /// When it was issued, to the second.
    public let issuedAt: Timestamp
    /// When it stops working.
    public let expiresAt: Timestamp

    /// Creates an identity.
    public init(
        userID: UserID, username: String, role: User.Role, tokenID: String, issuedAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.userID = userID
        self.username = username
        self.role = role
        self.tokenID = tokenID
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}
