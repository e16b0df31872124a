// SPDX-License-Identifier: Apache-2.0

/// Says how a ``KafkaConsumer`` reads, and how much it holds in memory.
public struct KafkaConsumerConfiguration: Sendable {
    /// The cluster and the librdkafka properties, which win over everything below.
    public var connection: KafkaConfiguration

    /// The consumer group, or `nil` for a consumer whose partitions are assigned by hand.
    ///
    /// Without a group nothing is committed, and no group is ever joined.
    public var group: String?

    /// The most records that wait for the reader.
    ///
    /// librdkafka is not asked for more while they do.
    public var bufferCapacity: Int

    /// The most bytes (keys, values, headers) that wait for the reader; one record may pass it.
    public var bufferBytes: Int

    /// How long a full buffer may last until fetching is paused at the broker.
    ///
    /// A short wait keeps what librdkafka has already fetched; a pause throws that away and fetches
    /// it again later. Whatever happens, the consumer keeps polling, so that `max.poll.interval.ms`
    /// is never exceeded. Must be well below that interval.
    public var pauseAfter: Duration

    /// The longest time that ``KafkaConsumer/close()`` waits for the group to let go.
    public var closeTimeout: Duration

    /// Describes a consumer.
    ///
    /// Limits: `bufferCapacity` and `bufferBytes` at least 1.
    public init(
        connection: KafkaConfiguration, group: String? = nil, bufferCapacity: Int = 1024,
        bufferBytes: Int = 16 << 20, pauseAfter: Duration = .seconds(1),
        closeTimeout: Duration = .seconds(10)
    ) {
        self.connection = connection
        self.group = group
        self.bufferCapacity = bufferCapacity
        self.bufferBytes = bufferBytes
        self.pauseAfter = pauseAfter
        self.closeTimeout = closeTimeout
    }
}
