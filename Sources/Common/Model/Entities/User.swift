// SPDX-License-Identifier: Apache-2.0

/// Somebody who can sign in.
public struct User: Equatable, Sendable {
    /// What a user may do beyond their own workspaces.
    public enum Role: String, Codable, Sendable {
        /// Their own workspaces only.
        case member
        /// Also the executor registry, guardrails and users; nobody else's workspaces.
        case admin
    }

    /// Identifies the user.
    public let id: UserID
    /// The name they sign in with.
    public let username: String
    /// What they may do.
    public var role: Role
    /// The salted, costly hash of their password, in the form its maker reads.
    public var passwordHash: String
    /// Tokens issued before this are not accepted; nil accepts all.
    public var tokensNotBefore: Timestamp?
    /// When the user was added.
    public let createdAt: Timestamp

    /// Creates a user.
    public init(
        id: UserID, username: String, role: Role, passwordHash: String,
        tokensNotBefore: Timestamp? = nil,
        createdAt: Timestamp
    ) {
        self.id = id
        self.username = username
        self.role = role
        self.passwordHash = passwordHash
        self.tokensNotBefore = tokensNotBefore
        self.createdAt = createdAt
    }
}
