// SPDX-License-Identifier: Apache-2.0
import CRdKafka
import Dispatch
import Synchronization

/// Owns a `rd_kafka_t` and the queue on which it reports, from creation to ``destroy(releasing:)``.
///
/// librdkafka is "completely thread-safe" (`rdkafka.h`), so any thread may use the client through
/// ``withClient(_:)``. Only the thread that made it polls, and destroys it at its end: destroying
/// blocks, and waits here until every other thread has left ``withClient(_:)``.
final class ClientHandle: Sendable {
    enum Role: Sendable { case producer, consumer }

    private struct Gate {
        var users = 0
        var isClosing = false
    }

    nonisolated(unsafe) private let client: OpaquePointer
    nonisolated(unsafe) private let queue: OpaquePointer
    private let gate = Mutex(Gate())
    /// Signalled by the last user that leaves a closing gate.
    private let lastUserLeft = DispatchSemaphore(value: 0)

    /// Makes a client whose deliveries, records, rebalances, errors and logs arrive by ``poll(for:)``.
    init(_ role: Role, configuration: consuming ConfigurationHandle) throws(KafkaError) {
        try configuration.set("log.queue", to: "true")
        configuration.setEvents(
            RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_REBALANCE
                | RD_KAFKA_EVENT_LOG)
        let client = try configuration.makeClient(
            role == .producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER)
        if role == .consumer {
            // Everything then arrives on the consumer's queue.
            let error = rd_kafka_poll_set_consumer(client)
            guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
                rd_kafka_destroy(client)
                throw KafkaError(error, "The consumer's queue can't be used")
            }
        }
        let queue =
            role == .consumer
            ? rd_kafka_queue_get_consumer(client) : rd_kafka_queue_get_main(client)
        guard let queue else {
            rd_kafka_destroy(client)
            throw KafkaError(code: .other, reason: "The Kafka client has no queue.")
        }
        // Null is the main queue, which a consumer forwards to its own.
        rd_kafka_set_log_queue(client, nil)
        self.client = client
        self.queue = queue
    }

    /// Lends the client for a call; ``destroy(releasing:)`` waits until it returns.
    func withClient<Value>(
        _ body: (OpaquePointer) throws(KafkaError) -> Value
    ) throws(KafkaError) -> Value {
        guard enter() else { throw .closed }
        defer { leave() }
        return try body(client)
    }

    /// Waits on this thread for the next event; `nil` when the time is over or ``wake()`` was called.
    ///
    /// Only for the thread that made the client. Also tells the group that the consumer lives.
    func poll(for time: Duration) -> EventHandle? {
        guard let event = rd_kafka_queue_poll(queue, time.milliseconds) else { return nil }
        return EventHandle(adopting: event)
    }

    /// Makes the current or next ``poll(for:)`` return; librdkafka remembers it until then.
    func wake() {
        guard enter() else { return }
        defer { leave() }
        rd_kafka_queue_yield(queue)
    }

    /// Makes the queue for a consumer's records, which wakes the thread that polls.
    func makeRecordFeed() throws(KafkaError) -> RecordFeed {
        try RecordFeed(client, waking: queue)
    }

    /// Begins to leave the group; the queue is to be polled until ``isConsumerClosed``.
    func beginConsumerClose() throws(KafkaError) {
        if let error = rd_kafka_consumer_close_queue(client, queue) {
            throw KafkaError(consuming: error, "The consumer can't be closed")
        }
    }

    /// Whether the group has let go.
    var isConsumerClosed: Bool { rd_kafka_consumer_closed(client) != 0 }

    /// Ends the client; blocks.
    ///
    /// Only for the thread that made it, and once.
    ///
    /// `release` runs when no other thread uses the client any more, and frees what hangs on it.
    /// Without `RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE` it would wait for a group that may be
    /// unreachable: leaving it is the owner's affair, with a time limit.
    func destroy(releasing release: () -> Void) {
        let hasUsers = gate.withLock { gate in
            gate.isClosing = true
            return gate.users > 0
        }
        if hasUsers { lastUserLeft.wait() }
        release()
        rd_kafka_queue_destroy(queue)
        rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    }

    private func enter() -> Bool {
        gate.withLock { gate in
            guard !gate.isClosing else { return false }
            gate.users += 1
            return true
        }
    }

    private func leave() {
        let isLast = gate.withLock { gate in
            gate.users -= 1
            return gate.isClosing && gate.users == 0
        }
        if isLast { lastUserLeft.signal() }
    }
}
