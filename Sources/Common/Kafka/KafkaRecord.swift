// SPDX-License-Identifier: Apache-2.0

/// Carries what a consumer received.
///
/// Everything in it comes from outside and may be anything.
public struct KafkaRecord: Sendable, Hashable {
    /// The topic; bytes that are not UTF-8 read as U+FFFD.
    public let topic: String

    /// The partition.
    public let partition: Int32

    /// The record's place in the partition.
    public let offset: Int64

    /// Milliseconds since 1970 by the producer's or broker's clock, where the record has them.
    public let timestampMilliseconds: Int64?

    /// The key, if there is one.
    public let key: [UInt8]?

    /// The value; `nil` is a tombstone.
    public let value: [UInt8]?

    /// The headers in the order in which they were sent.
    public let headers: [KafkaHeader]

    /// Composes a record, as a test of whoever reads them does.
    public init(
        topic: String, partition: Int32, offset: Int64, timestampMilliseconds: Int64?,
        key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader]
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestampMilliseconds = timestampMilliseconds
        self.key = key
        self.value = value
        self.headers = headers
    }

    /// The place that the record was read from.
    public var topicPartition: KafkaTopicPartition {
        KafkaTopicPartition(topic: topic, partition: partition)
    }

    /// Returns the first header of a name, if there is one.
    public func header(named name: String) -> KafkaHeader? {
        headers.first { $0.name == name }
    }

    /// The memory that key, value and headers take, in bytes.
    var byteCount: Int {
        (key?.count ?? 0) + (value?.count ?? 0)
            + headers.reduce(0) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) }
    }
}
