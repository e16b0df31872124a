// SPDX-License-Identifier: Apache-2.0

/// Says why somebody may not do what they asked for.
public struct AccessError: Error, Sendable {
    /// The kinds of refusal.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The kind's stable name.
        public let description: String

        /// There is no token, or one that this service did not issue.
        public static let invalidToken = Code(description: "invalid_token")
        /// The token has expired.
        public static let expired = Code(description: "expired")
        /// The token was revoked, or its user is gone.
        public static let revoked = Code(description: "revoked")
        /// The name or the password is wrong; which of them is not said.
        public static let invalidCredentials = Code(description: "invalid_credentials")
        /// The resource belongs to somebody else, or the role doesn't allow it.
        public static let forbidden = Code(description: "forbidden")
        /// There is no such resource.
        public static let notFound = Code(description: "not_found")
        /// The table could not be read, so nobody can say.
        public static let undecided = Code(description: "undecided")
        /// The service's own keys don't work.
        public static let misconfigured = Code(description: "misconfigured")
    }

    /// The kind of refusal.
    public let code: Code
    /// What is wrong and what to do, fit to be shown to whoever asked.
    public let reason: String
    /// What caused it, where something else did.
    public let cause: (any Error)?

    /// Creates a refusal.
    public init(_ code: Code, _ reason: String, cause: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.cause = cause
    }
}
