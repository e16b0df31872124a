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
    /// While the buffer is full, librdkafka keeps what it has fetched, at most
    /// `queued.max.messages.kbytes` (here 16 MiB), and fetches no more. Fetching goes on when half of
    /// the buffer is free. The consumer keeps polling all the time, so that however slow the reader
    /// is, `max.poll.interval.ms` is never exceeded.
    public var bufferCapacity: Int

    /// The most bytes (keys, values, headers) that wait for the reader; one record may pass it.
    public var bufferBytes: Int

    /// The longest time that ``KafkaConsumer/close()`` waits for the group to let go.
    public var closeTimeout: Duration

    /// Describes a consumer.
    ///
    /// Limits: `bufferCapacity` and `bufferBytes` at least 1.
    public init(
        connection: KafkaConfiguration, group: String? = nil, bufferCapacity: Int = 1024,
        bufferBytes: Int = 16 << 20, closeTimeout: Duration = .seconds(10)
    ) {
        self.connection = connection
        self.group = group
        self.bufferCapacity = bufferCapacity
        self.bufferBytes = bufferBytes
        self.closeTimeout = closeTimeout
    }
}
