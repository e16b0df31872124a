// SPDX-License-Identifier: Apache-2.0

/// Tells what happened to a producer beside the delivery of messages.
public enum KafkaProducerEvent: Sendable {
    /// librdkafka reports trouble, which it goes on to overcome by itself.
    case error(KafkaError)

    /// The inner client died of this error, and a new one has taken its place.
    case replaced(after: KafkaError)

    /// The inner client died, and making a new one failed; the next message tries again.
    case unavailable(KafkaError)
}
