// SPDX-License-Identifier: Apache-2.0

/// Says how a ``KafkaProducer`` queues and gives up.
public struct KafkaProducerConfiguration: Sendable {
    /// The cluster and the librdkafka properties, which win over everything below.
    public var connection: KafkaConfiguration

    /// The most messages that may wait for their delivery report; one more is refused with
    /// ``KafkaError/Code/queueFull``.
    public var queueCapacity: Int

    /// The time after which an undelivered message fails with ``KafkaError/Code/timedOut``.
    ///
    /// librdkafka's `message.timeout.ms`; broker outages that are shorter are survived.
    public var messageTimeout: Duration

    /// Describes a producer.
    ///
    /// Limits: `queueCapacity` 1…10 000 000, `messageTimeout` at least 1 ms.
    public init(
        connection: KafkaConfiguration, queueCapacity: Int = 10_000,
        messageTimeout: Duration = .seconds(300)
    ) {
        self.connection = connection
        self.queueCapacity = queueCapacity
        self.messageTimeout = messageTimeout
    }
}
