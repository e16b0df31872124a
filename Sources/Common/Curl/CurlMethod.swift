// SPDX-License-Identifier: Apache-2.0

/// A request's method; case matters, and anything that is a token is allowed but `CONNECT`.
public struct CurlMethod: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    /// The word as it stands on the request line.
    public let rawValue: String

    /// Takes any method; whether it is a token is checked when the request is performed.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Takes a method written as a literal.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// Asks for a representation.
    public static let get: CurlMethod = "GET"

    /// Asks for the head alone; a body in the answer is never read.
    public static let head: CurlMethod = "HEAD"

    /// Hands in something to be processed.
    public static let post: CurlMethod = "POST"

    /// Stores under the URL.
    public static let put: CurlMethod = "PUT"

    /// Changes a part.
    public static let patch: CurlMethod = "PATCH"

    /// Removes what the URL names.
    public static let delete: CurlMethod = "DELETE"
}
