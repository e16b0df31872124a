// SPDX-License-Identifier: Apache-2.0
import CRdKafka
import Logging

/// What the consumer's thread does and remembers.
///
/// Touched by that thread alone.
final class ConsumerLoop {
    /// How many records are taken before events are looked at again.
    private static let batch = 500

    let consumer: ConsumerClient
    /// What is read now, whether assigned by hand or by the group.
    var assigned: Set<KafkaTopicPartition> = []
    /// What is paused, with the records of it that librdkafka had already handed out.
    var held: [KafkaTopicPartition: RecordQueue] = [:]
    /// The held records of partitions that have been resumed: they come before all others.
    var resumed = RecordQueue()

    init(_ consumer: ConsumerClient) { self.consumer = consumer }

    func run() {
        while !consumer.isStopping {
            runCommands()
            let hasMore = receiveRecords()
            if let event = consumer.handle.poll(for: hasMore ? .zero : .seconds(1)) {
                handleEvent(event)
            }
        }
        leave()
    }

    private func runCommands() {
        for command in consumer.takeCommands() { command.run(self) }
    }

    /// Fills the buffer; returns whether there may be more that it has room for.
    private func receiveRecords() -> Bool {
        for _ in 0..<Self.batch {
            // Whoever makes room, or brings the next record, wakes the thread.
            if consumer.buffer.awaitsRoom { return false }
            if let record = resumed.popFirst() {
                consumer.buffer.append(record)
            } else if let event = consumer.feed.next() {
                handleEvent(event)
            } else {
                return false
            }
        }
        return true
    }

    // MARK: Events

    func handleEvent(_ event: borrowing EventHandle) {
        switch event.kind {
        case .record: event.forEachMessage(receive)
        case .rebalance: rebalance(event)
        case .error: handleError(event)
        case .log: consumer.logger.logRdKafka(event)
        case .deliveries, .other: break
        }
    }

    private func receive(_ message: UnsafePointer<rd_kafka_message_t>) {
        guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return report(KafkaError(message.pointee.err, "\(message.topic) can't be read"))
        }
        var headers: [KafkaHeader] = []
        do throws(KafkaError) {
            headers = try message.headers()
        } catch {
            // The record itself is sound: it is delivered without them.
            report(error)
        }
        let record = KafkaRecord(copying: message, headers: headers)
        if held[record.topicPartition]?.append(record) == nil { consumer.buffer.append(record) }
    }

    private func handleError(_ event: borrowing EventHandle) {
        let error = KafkaError(
            event.errorNumber, "The consumer has trouble", detail: event.errorText,
            isFatal: event.isFatal)
        if error.isFatal { consumer.buffer.finish(error) }
        report(error)
    }

    func report(_ error: KafkaError) {
        consumer.logger.debug("Kafka consumer reports trouble", metadata: ["error": "\(error)"])
        consumer.onEvent?(.error(error))
    }

    // MARK: End

    /// Leaves the group, and hands the partitions back, within the time allowed.
    private func leave() {
        let deadline = ContinuousClock.now + consumer.configuration.closeTimeout
        do throws(KafkaError) {
            try consumer.handle.beginConsumerClose()
        } catch {
            return report(error)
        }
        while !consumer.handle.isConsumerClosed, ContinuousClock.now < deadline {
            if let event = consumer.handle.poll(for: .milliseconds(100)) { handleEvent(event) }
        }
    }
}
