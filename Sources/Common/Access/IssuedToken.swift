// SPDX-License-Identifier: Apache-2.0

public import Model

/// A token for somebody who signed in.
public struct IssuedToken: Sendable {
    /// The token; a secret.
    public let token: String
    /// When it stops working.
    public let expiresAt: Timestamp

    /// Creates the pair.
    public init(token: String, expiresAt: Timestamp) {
        self.token = token
        self.expiresAt = expiresAt
    }
}
