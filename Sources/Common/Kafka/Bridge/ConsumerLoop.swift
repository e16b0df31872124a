// SPDX-License-Identifier: Apache-2.0
import CRdKafka
import Logging

/// What the consumer's thread does and remembers.
///
/// Touched by that thread alone.
final class ConsumerLoop {
    let consumer: ConsumerClient
    /// What is read now, whether assigned by hand or by the group.
    var assigned: Set<KafkaTopicPartition> = []
    /// What the user has paused; forgotten with the assignment.
    var paused: Set<KafkaTopicPartition> = []
    /// Whether everything is paused because the buffer has been full for too long.
    var isHeld = false

    init(_ consumer: ConsumerClient) { self.consumer = consumer }

    func run() {
        while !consumer.isStopping {
            runCommands()
            releaseIfRoom()
            if let event = consumer.handle.poll(for: .seconds(1)) { handleEvent(event) }
            waitForRoom()
        }
        leave()
    }

    private func runCommands() {
        for command in consumer.takeCommands() { command.run(self) }
    }

    // MARK: Back-pressure

    /// Stops polling while the buffer is full, but only for as long as nobody misses it.
    private func waitForRoom() {
        guard !isHeld, consumer.buffer.awaitsRoom else { return }
        let deadline = ContinuousClock.now + consumer.configuration.pauseAfter
        while consumer.buffer.awaitsRoom, !consumer.isStopping {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return hold() }
            consumer.waitForNudge(left)
            runCommands()
        }
    }

    /// Pauses everything at librdkafka, which drops what it has fetched ahead, and polls on.
    private func hold() {
        isHeld = true
        pauseOrReport(assigned.subtracting(paused))
    }

    private func releaseIfRoom() {
        guard isHeld, !consumer.buffer.awaitsRoom else { return }
        isHeld = false
        do throws(KafkaError) {
            try setPaused(false, assigned.subtracting(paused))
        } catch {
            report(error)
        }
    }

    func pauseOrReport(_ partitions: Set<KafkaTopicPartition>) {
        do throws(KafkaError) {
            try setPaused(true, partitions)
        } catch {
            report(error)
        }
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
        consumer.buffer.append(KafkaRecord(copying: message, headers: headers))
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
