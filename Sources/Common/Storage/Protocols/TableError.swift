// SPDX-License-Identifier: Apache-2.0

/// Says why a table could not do what was asked.
public struct TableError: Error, Sendable {
    /// The kinds of failure, each with its own right reaction.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The kind's stable name.
        public let description: String

        /// A condition did not hold; nothing was changed.
        ///
        /// ``TableError/failedWrites`` names which.
        public static let conditionFailed = Code(description: "condition_failed")
        /// Another transaction was in the way; nothing was changed; trying again is right.
        public static let contention = Code(description: "contention")
        /// The answer was lost; the transaction may have gone through; reading tells.
        public static let unknownOutcome = Code(description: "unknown_outcome")
        /// The table asks for fewer requests; nothing was changed.
        public static let throttled = Code(description: "throttled")
        /// The table can't be reached; nothing was changed.
        public static let unavailable = Code(description: "unavailable")
        /// The request can't be right, whoever tries it: a bug, or a row over the size limit.
        public static let invalidRequest = Code(description: "invalid_request")
        /// What was read can't be understood.
        public static let corrupt = Code(description: "corrupt")
    }

    /// The kind of failure.
    public let code: Code

    /// What happened, for an operator; holds no attribute values.
    public let reason: String

    /// The positions, in the transaction, of the writes whose condition did not hold.
    public let failedWrites: [Int]

    /// What caused it, where something else did.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ reason: String, failedWrites: [Int] = [], cause: (any Error)? = nil)
    {
        self.code = code
        self.reason = reason
        self.failedWrites = failedWrites
        self.cause = cause
    }

    /// Whether the same request may succeed later.
    ///
    /// An unknown outcome is not: it must be read first.
    public var isRetriable: Bool {
        [.contention, .throttled, .unavailable].contains(code)
    }
}

extension TableError: CustomStringConvertible {
    /// Shows code and reason.
    public var description: String { "\(code): \(reason)" }
}
