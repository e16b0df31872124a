// SPDX-License-Identifier: Apache-2.0
import CRdKafka
import Logging
import Synchronization

/// One idempotent librdkafka producer, from its creation to its end, which may be a fatal error.
final class ProducerClient: ServedClient {
    /// What the thread reports to whoever keeps the client.
    struct Listener: Sendable {
        let onError: @Sendable (KafkaError) -> Void
        let onFatalError: @Sendable (ProducerClient, KafkaError) -> Void
    }

    private struct Ending {
        var deadline: ContinuousClock.Instant?
        var fatalError: KafkaError?
    }

    /// How long messages that were purged may take to be reported.
    private static let purgeTime = Duration.seconds(2)

    let handle: ClientHandle
    private let deliveries = DeliveryRegistry()
    private let ending = Mutex(Ending())
    private let listener: Listener
    private let logger: Logger

    init(handle: ClientHandle, listener: Listener, logger: Logger) {
        self.handle = handle
        self.listener = listener
        self.logger = logger
    }

    /// Hands a message over; `report` is called exactly once unless this throws.
    func produce(
        _ message: KafkaMessage, report: @escaping DeliveryRegistry.Report
    ) throws(KafkaError) {
        try message.topic.checkTopic()
        let number = deliveries.add(report)
        do throws(KafkaError) {
            try handle.withClient { client throws(KafkaError) in
                try Self.produce(message, number: number, client)
            }
        } catch {
            deliveries.remove(number)
            throw error
        }
    }

    /// Asks the thread to end the client once all messages are reported, or the time is over.
    func finish(flushing time: Duration) {
        ending.withLock { $0.deadline = min($0.deadline ?? .now + time, .now + time) }
        handle.wake()
    }

    /// As ``finish(flushing:)``, where messages that are not delivered by then fail with `error`.
    func retire(because error: KafkaError, flushing time: Duration) {
        ending.withLock { $0.fatalError = error }
        finish(flushing: time)
    }

    func serve() {
        while let time = remainingPollTime() {
            if let event = handle.poll(for: time) { handleEvent(event) }
        }
        purge()
    }

    func didEnd() { deliveries.failAll(endError) }

    /// How long to wait for the next event; `nil` when nothing is to be waited for any more.
    private func remainingPollTime() -> Duration? {
        guard let deadline = ending.withLock({ $0.deadline }) else { return .seconds(1) }
        let left = ContinuousClock.now.duration(to: deadline)
        return deliveries.isEmpty || left <= .zero ? nil : min(left, .seconds(1))
    }

    /// Makes librdkafka give up what is left and report it.
    private func purge() {
        guard !deliveries.isEmpty else { return }
        do throws(KafkaError) {
            try handle.withClient { client throws(KafkaError) in
                let flags = RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT
                try KafkaError.check(rd_kafka_purge(client, flags), "Messages can't be purged")
            }
        } catch {
            // `didEnd` fails them all the same.
            logger.warning("Kafka messages not purged", metadata: ["error": "\(error)"])
        }
        let deadline = ContinuousClock.now + Self.purgeTime
        while !deliveries.isEmpty, ContinuousClock.now < deadline {
            if let event = handle.poll(for: .milliseconds(50)) { handleEvent(event) }
        }
    }

    private func handleEvent(_ event: borrowing EventHandle) {
        switch event.kind {
        case .deliveries: event.forEachMessage(reportDelivery)
        case .error: handleError(event)
        case .log: logger.logRdKafka(event)
        case .record, .rebalance, .other: break
        }
    }

    private func reportDelivery(_ message: UnsafePointer<rd_kafka_message_t>) {
        let fields = message.pointee
        let number = UInt(bitPattern: fields._private)
        guard fields.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let error = KafkaError(fields.err, "A message for \(message.topic) was not delivered")
            return deliveries.report(number, .failure(error.code == .closed ? endError : error))
        }
        let delivery = KafkaDelivery(
            topic: message.topic, partition: fields.partition, offset: fields.offset)
        deliveries.report(number, .success(delivery))
    }

    private func handleError(_ event: borrowing EventHandle) {
        let error = KafkaError(
            event.errorNumber, "The producer has trouble", detail: event.errorText,
            isFatal: event.isFatal)
        if error.isFatal {
            listener.onFatalError(self, error)
        } else {
            listener.onError(error)
        }
    }

    /// Why messages fail that the client takes with it.
    ///
    /// librdkafka may purge them before it tells of the error that it died of: nobody has asked for an
    /// end then.
    private var endError: KafkaError {
        ending.withLock { $0.fatalError ?? ($0.deadline == nil ? .died : .closed) }
    }

    private static func produce(
        _ message: KafkaMessage, number: UInt, _ client: OpaquePointer
    ) throws(KafkaError) {
        let error =
            if message.headers.isEmpty {
                produce(message, headers: nil, number: number, client)
            } else {
                try HeaderList(message.headers).handOver {
                    produce(message, headers: $0, number: number, client)
                }
            }
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(error, "A message for \(message.topic) was not accepted")
        }
    }

    private static func produce(
        _ message: KafkaMessage, headers: OpaquePointer?, number: UInt, _ client: OpaquePointer
    ) -> rd_kafka_resp_err_t {
        message.key.withCBytes { key, keySize in
            message.value.withCBytes { value, valueSize in
                crdkafka_produce(
                    client, message.topic, message.partition ?? RD_KAFKA_PARTITION_UA, key, keySize,
                    value, valueSize, headers, UnsafeMutableRawPointer(bitPattern: number))
            }
        }
    }
}
