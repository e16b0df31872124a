// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Owns the queue in which a consumer's records wait, apart from its other events.
///
/// So a full buffer is a matter of not taking records: librdkafka then stops fetching at
/// `queued.max.messages.kbytes`, while events are still served and the group sees us poll. Pausing
/// at librdkafka instead would throw away what it has fetched, and fetch it again each time.
///
/// Used by the consumer's thread alone, and to be destroyed before the client is.
final class RecordFeed: Sendable {
    nonisolated(unsafe) private let queue: OpaquePointer

    /// Makes a queue that ends a wait for `events` when it is no longer empty.
    ///
    /// librdkafka calls from a thread of its own, with the events' queue as context, which outlives
    /// this one. The wake-up can't be lost: the queue of events remembers it.
    init(_ client: OpaquePointer, waking events: OpaquePointer) throws(KafkaError) {
        guard let queue = rd_kafka_queue_new(client) else {
            throw KafkaError(code: .resourceExhausted, reason: "The records have no queue.")
        }
        self.queue = queue
        rd_kafka_queue_cb_event_enable(
            queue,
            { _, events in
                guard let events else { return }
                rd_kafka_queue_yield(OpaquePointer(events))
            }, UnsafeMutableRawPointer(events))
    }

    /// Makes a partition's records arrive here; those that have waited at the partition come first.
    ///
    /// To be called before the partition is assigned, so that none goes to the queue of events.
    func connect(_ partition: KafkaTopicPartition, of client: OpaquePointer) {
        forward(partition, of: client, to: queue)
    }

    /// Makes a partition's records wait at the partition.
    func disconnect(_ partition: KafkaTopicPartition, of client: OpaquePointer) {
        forward(partition, of: client, to: nil)
    }

    /// Takes the next record, or error of a partition, if there is one; never waits.
    func next() -> EventHandle? {
        guard let event = rd_kafka_queue_poll(queue, 0) else { return nil }
        return EventHandle(adopting: event)
    }

    /// Frees the queue; once, while the queue of events is still there.
    func destroy() {
        rd_kafka_queue_cb_event_enable(queue, nil, nil)
        rd_kafka_queue_destroy(queue)
    }

    private func forward(
        _ partition: KafkaTopicPartition, of client: OpaquePointer, to destination: OpaquePointer?
    ) {
        // Nothing but a producer has no such queue.
        guard
            let source = rd_kafka_queue_get_partition(
                client, partition.topic, partition.partition)
        else { return }
        rd_kafka_queue_forward(source, destination)
        rd_kafka_queue_destroy(source)
    }
}
