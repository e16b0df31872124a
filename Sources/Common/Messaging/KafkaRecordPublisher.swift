// SPDX-License-Identifier: Apache-2.0

public import Kafka
public import Logging
import Model
public import Records
public import Seams

/// Says records on Kafka's topics, as CloudEvents in structured mode.
public struct KafkaRecordPublisher: RecordPublisher {
    private static let contentType = KafkaHeader(
        name: "content-type", text: CloudEvent.contentType)

    private let producer: KafkaProducer
    private let names: TopicNames
    private let service: String
    private let reachability: BrokerReachability
    private let time: any TimeSource
    private let identifiers: any IdentifierSource
    private let logger: Logger

    /// Creates the publisher of `service` (`intake`, `dispatcher`, …), on a producer that somebody
    /// else closes.
    public init(
        producer: KafkaProducer, names: TopicNames, service: String,
        reachability: BrokerReachability,
        time: any TimeSource, identifiers: any IdentifierSource, logger: Logger
    ) {
        self.producer = producer
        self.names = names
        self.service = service
        self.reachability = reachability
        self.time = time
        self.identifiers = identifiers
        self.logger = logger
    }

    /// Says it without waiting.
    ///
    /// A record that can't be delivered is only noted: what it rings for is in the table.
    public func publish(_ record: Record, on topic: Topic) {
        do {
            producer.enqueue(try message(record, on: topic)) { [reachability, logger] error in
                reachability.sawTrouble()
                logger.debug("Record not delivered", metadata: ["error": "\(error)"])
            }
        } catch {
            logger.error(
                "Record not encoded", metadata: ["error": "\(error)", "type": "\(record.type)"])
        }
    }

    /// Says it and waits until Kafka has acknowledged it.
    ///
    /// - Throws: ``KafkaError`` when it was not acknowledged within the producer's message timeout,
    ///   or the task is cancelled; `EncodingError` when the record can't be said in JSON.
    public func publishAcknowledged(_ record: Record, on topic: Topic) async throws {
        do {
            _ = try await producer.send(try message(record, on: topic))
            reachability.sawLife()
        } catch let error as KafkaError {
            if error.code == .timedOut { reachability.sawTrouble() }
            throw error
        }
    }

    private func message(_ record: Record, on topic: Topic) throws -> KafkaMessage {
        let event = record.cloudEvent(id: identifiers.uuid(), source: service, time: time.now)
        return KafkaMessage(
            topic: names.name(of: topic), key: Array(record.key.utf8),
            value: try JSONText.bytes(event),
            headers: [Self.contentType])
    }
}
