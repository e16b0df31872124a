// SPDX-License-Identifier: Apache-2.0

/// A URL that carries its own permission.
public struct SignedURL: Equatable, Sendable {
    /// The URL; it is a secret until it expires.
    public let url: String

    /// When it stops working, in milliseconds since 1970.
    public let expiresAt: Int64

    /// Headers that a request to it must carry.
    public let headers: [String: String]

    /// Creates a signed URL.
    public init(url: String, expiresAt: Int64, headers: [String: String] = [:]) {
        self.url = url
        self.expiresAt = expiresAt
        self.headers = headers
    }
}
