// SPDX-License-Identifier: Apache-2.0

/// Says why a message can't be understood.
public struct RecordError: Error, Sendable {
    /// The kinds of failure.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The kind's stable name.
        public let description: String

        /// The value is not what every message is, or not what its type says.
        public static let malformed = Code(description: "malformed")
        /// The type, or its version, is not known here; a later version may know it.
        public static let unknownType = Code(description: "unknown_type")
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong; holds nothing of the message's data.
    public let reason: String
    /// What caused it, where something else did.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ reason: String, cause: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.cause = cause
    }
}
