// SPDX-License-Identifier: Apache-2.0

/// Names a request of the Kafka protocol by its API key.
///
/// Source: the Kafka protocol guide, "Api Keys".
public struct KafkaRequestKind: RawRepresentable, Sendable, Hashable {
    /// The API key on the wire.
    public let rawValue: Int16

    /// Names a request by its API key.
    public init(rawValue: Int16) { self.rawValue = rawValue }

    /// A producer's messages.
    public static let produce = Self(rawValue: 0)
    /// A consumer's wish for records.
    public static let fetch = Self(rawValue: 1)
    /// The question for the first or next offset of partitions.
    public static let listOffsets = Self(rawValue: 2)
    /// The question for brokers, topics and leaders.
    public static let metadata = Self(rawValue: 3)
    /// A group member's progress.
    public static let offsetCommit = Self(rawValue: 8)
    /// The question for a group's progress.
    public static let offsetFetch = Self(rawValue: 9)
    /// The question for a group's broker.
    public static let findCoordinator = Self(rawValue: 10)
    /// A member's wish to take part in a group.
    public static let joinGroup = Self(rawValue: 11)
    /// A group member's sign of life.
    public static let heartbeat = Self(rawValue: 12)
    /// An idempotent producer's wish for an identity.
    public static let initProducerID = Self(rawValue: 22)
}
