// SPDX-License-Identifier: Apache-2.0

/// Says why an object store could not do what was asked.
public struct ObjectStoreError: Error, Sendable {
    /// The kinds of failure.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The kind's stable name.
        public let description: String

        /// There is no object at the key.
        public static let notFound = Code(description: "not_found")
        /// The range begins at or past the object's end.
        public static let invalidRange = Code(description: "invalid_range")
        /// The key is not of the documented form.
        public static let invalidKey = Code(description: "invalid_key")
        /// The body has another size or digest than expected; nothing was stored.
        public static let contentMismatch = Code(description: "content_mismatch")
        /// The body is over the size limit; nothing was stored.
        public static let tooLarge = Code(description: "too_large")
        /// The body itself failed; nothing was stored.
        ///
        /// The cause is its error.
        public static let bodyFailed = Code(description: "body_failed")
        /// A signed URL is wrong or has expired.
        public static let forbidden = Code(description: "forbidden")
        /// There is no room left.
        public static let noSpace = Code(description: "no_space")
        /// The store can't be reached, or failed.
        public static let unavailable = Code(description: "unavailable")
    }

    /// The kind of failure.
    public let code: Code

    /// What happened, for an operator.
    public let reason: String

    /// What caused it, where something else did.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ reason: String, cause: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.cause = cause
    }

    /// Whether the same request may succeed later.
    public var isRetriable: Bool { code == .unavailable }
}

extension ObjectStoreError: CustomStringConvertible {
    /// Shows code and reason.
    public var description: String { "\(code): \(reason)" }
}
