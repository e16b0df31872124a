// SPDX-License-Identifier: Apache-2.0

import Kafka
import Logging
import Messaging
import Records
import Seams

/// The process's one producer and one consumer, and what stages say and hear through them.
struct Messages: Sendable {
    let source: KafkaRecordSource
    let producer: KafkaProducer
    let names: TopicNames
    let reachability: BrokerReachability
    let stores: Stores

    /// For how long the topics are looked for at the start.
    private static let preparationTime: Duration = .seconds(5)

    /// For how long an undelivered message is kept: a bell that is older rings for what sweepers
    /// have found.
    private static let messageLife: Duration = .seconds(30)

    /// Calls `body` with the connection to the brokers; ends it afterwards, the producer last.
    static func with(
        _ connection: KafkaConfiguration, prefix: String, stores: Stores, logger: Logger,
        _ body: (Messages) async throws -> Void
    ) async throws {
        let reachability = BrokerReachability()
        let producer = try await KafkaProducer(
            configuration: KafkaProducerConfiguration(
                connection: connection, messageTimeout: messageLife),
            logger: logger)
        try await Backends.closing({ await producer.close(flushing: .seconds(2)) }) {
            let consumer = try await KafkaConsumer(
                configuration: KafkaConsumerConfiguration(connection: connection), logger: logger,
                onEvent: KafkaRecordSource.observer(of: reachability))
            try await Backends.closing({ await consumer.close() }) {
                let names = TopicNames(prefix: prefix)
                let source = KafkaRecordSource(
                    consumer: consumer, names: names, reachability: reachability, time: stores.time,
                    logger: logger)
                let messages = Messages(
                    source: source, producer: producer, names: names, reachability: reachability,
                    stores: stores)
                await messages.prepare(logger: logger)
                try await body(messages)
            }
        }
    }

    /// Learns where the topics are, so that the first run needn't wait for that.
    ///
    /// Kafka may be away: then the first run waits for Kafka anyway.
    func prepare(logger: Logger) async {
        do {
            try await producer.prepare(
                topics: Topic.all.map { names.name(of: $0) }, within: Self.preparationTime)
        } catch {
            logger.info("Topics not prepared", metadata: ["error": "\(error)"])
        }
    }

    /// What a stage says things with, under its own name.
    func publisher(of service: String, logger: Logger) -> KafkaRecordPublisher {
        KafkaRecordPublisher(
            producer: producer, names: names, service: service, reachability: reachability,
            time: stores.time,
            identifiers: stores.identifiers, logger: logger)
    }
}
