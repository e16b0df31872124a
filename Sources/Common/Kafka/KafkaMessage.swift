// SPDX-License-Identifier: Apache-2.0

/// Carries what a producer sends to a topic.
public struct KafkaMessage: Sendable, Hashable {
    /// The topic; neither empty nor with a NUL in it.
    public var topic: String

    /// The partition, or `nil` to let the key choose it (no key: any).
    public var partition: Int32?

    /// The key: messages of one key go to one partition, in order.
    public var key: [UInt8]?

    /// The value, or `nil` for a tombstone, which Kafka tells from empty.
    public var value: [UInt8]?

    /// The headers, sent in this order.
    public var headers: [KafkaHeader]

    /// Composes a message from bytes.
    public init(
        topic: String, partition: Int32? = nil, key: [UInt8]? = nil, value: [UInt8]?,
        headers: [KafkaHeader] = []
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
    }

    /// Composes a message from text, sent as UTF-8.
    public init(
        topic: String, partition: Int32? = nil, key: String? = nil, text: String,
        headers: [KafkaHeader] = []
    ) {
        self.init(
            topic: topic, partition: partition, key: key.map { Array($0.utf8) },
            value: Array(text.utf8), headers: headers)
    }
}
