// SPDX-License-Identifier: Apache-2.0

/// Tells what happened to a consumer beside the records that it reads.
public enum KafkaConsumerEvent: Sendable {
    /// The group gave these partitions to this consumer. Precedes their first record.
    case assigned([KafkaTopicPartition])

    /// The group asks for these partitions back; what was buffered of them has been dropped.
    ///
    /// Offsets stored until the handler returns are still committed.
    case revoked([KafkaTopicPartition])

    /// These partitions already belong to somebody else: nothing can be committed for them.
    case lost([KafkaTopicPartition])

    /// librdkafka reports trouble, which it goes on to overcome by itself unless the error is fatal.
    case error(KafkaError)
}
