// SPDX-License-Identifier: Apache-2.0

/// Describes a topic as the cluster knows it.
public struct KafkaTopicDescription: Sendable, Hashable {
    /// The name.
    public let name: String

    /// One entry for each partition, by rising number.
    public let partitions: [Partition]

    /// One partition of the topic.
    public struct Partition: Sendable, Hashable {
        /// The partition's number.
        public let number: Int32

        /// The broker that leads it, or `nil` while there is none.
        public let leader: Int32?

        /// The brokers that keep it.
        public let replicas: [Int32]
    }
}
