// SPDX-License-Identifier: Apache-2.0

/// Says where the cluster stored a message that it has acknowledged.
public struct KafkaDelivery: Sendable, Hashable {
    /// The topic that was written to.
    public let topic: String

    /// The partition that key or producer chose.
    public let partition: Int32

    /// The message's place in the partition.
    public let offset: Int64

    /// Names a place.
    public init(topic: String, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}
