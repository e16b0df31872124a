// SPDX-License-Identifier: Apache-2.0

/// Names one partition of one topic.
public struct KafkaTopicPartition: Sendable, Hashable, CustomStringConvertible {
    /// The topic.
    public var topic: String

    /// The partition's number, from 0.
    public var partition: Int32

    /// Names a partition.
    public init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// The form `topic/partition`, for logs.
    public var description: String { "\(topic)/\(partition)" }
}
