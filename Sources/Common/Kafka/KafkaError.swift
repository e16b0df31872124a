// SPDX-License-Identifier: Apache-2.0

/// Says what went wrong with Kafka, and what a caller can make of it.
public struct KafkaError: Error, CustomStringConvertible {
    /// The kind of failure, to branch on.
    public let code: Code

    /// What happened, for a reader of logs.
    ///
    /// No value of a setting and no payload is in it.
    public let reason: String

    /// The error underneath, where there is one.
    public let cause: (any Error)?

    /// The number that librdkafka or the broker gave, where the failure came from there.
    public let number: Number?

    /// Whether the same call may succeed later without any change.
    public let isRetriable: Bool

    /// Whether the inner client can't go on; a ``KafkaProducer`` replaces it by itself.
    public let isFatal: Bool

    /// Describes a failure.
    public init(
        code: Code, reason: String, cause: (any Error)? = nil, number: Number? = nil,
        isRetriable: Bool = false, isFatal: Bool = false
    ) {
        self.code = code
        self.reason = reason
        self.cause = cause
        self.number = number
        self.isRetriable = isRetriable
        self.isFatal = isFatal
    }

    /// The code, the reason and the number, on one line.
    public var description: String {
        let suffix = number.map { " (\($0))" } ?? ""
        return "\(code): \(reason)\(suffix)"
    }
}
