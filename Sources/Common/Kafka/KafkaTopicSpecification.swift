// SPDX-License-Identifier: Apache-2.0

/// Describes a topic to create.
public struct KafkaTopicSpecification: Sendable, Hashable {
    /// The name: `[A-Za-z0-9._-]`, at most 249 of them.
    public var name: String

    /// How many partitions it gets; at least 1.
    public var partitions: Int32

    /// How many brokers keep each partition; `nil` is the broker's default.
    public var replicationFactor: Int32?

    /// Topic settings, such as `cleanup.policy`.
    public var properties: [String: String]

    /// Describes a topic.
    public init(
        name: String, partitions: Int32, replicationFactor: Int32? = nil,
        properties: [String: String] = [:]
    ) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.properties = properties
    }
}
