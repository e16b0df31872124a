// SPDX-License-Identifier: Apache-2.0

/// Names a partition to read and the place to start at.
public struct KafkaPartitionAssignment: Sendable, Hashable {
    /// A place in a partition.
    public enum Start: Sendable, Hashable {
        /// The oldest record that the cluster still keeps.
        case beginning

        /// Behind the newest record at the time of the call.
        case end

        /// This record, or the next one that still exists.
        case offset(Int64)
    }

    /// The partition.
    public var topicPartition: KafkaTopicPartition

    /// Where reading starts.
    public var start: Start

    /// Names a partition and a start.
    public init(topic: String, partition: Int32, start: Start) {
        self.topicPartition = KafkaTopicPartition(topic: topic, partition: partition)
        self.start = start
    }
}
