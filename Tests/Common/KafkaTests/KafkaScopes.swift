// SPDX-License-Identifier: Apache-2.0
import Kafka

/// Runs `body` with a mock cluster that has these topics, and closes it on both paths.
@discardableResult
func withCluster<Value>(
    brokers: Int = 1, topics: [String: Int] = [:],
    _ body: (KafkaMockCluster) async throws -> Value
) async throws -> Value {
    let cluster = try await KafkaMockCluster(brokers: brokers)
    return try await closing(cluster.close) {
        for (topic, partitions) in topics {
            try await cluster.createTopic(topic, partitions: partitions)
        }
        return try await body(cluster)
    }
}

/// Runs `body` with a producer on the cluster, and closes it on both paths.
@discardableResult
func withProducer<Value>(
    _ cluster: KafkaMockCluster, properties: [String: String] = [:], queueCapacity: Int = 10_000,
    messageTimeout: Duration = .seconds(60),
    onEvent: (@Sendable (KafkaProducerEvent) -> Void)? = nil,
    _ body: (KafkaProducer) async throws -> Value
) async throws -> Value {
    let producer = try await KafkaProducer(
        configuration: KafkaProducerConfiguration(
            connection: connection(cluster, properties), queueCapacity: queueCapacity,
            messageTimeout: messageTimeout),
        onEvent: onEvent)
    let close = { await producer.close(flushing: .seconds(5)) }
    return try await closing(close) { try await body(producer) }
}

/// Runs `body` with a consumer on the cluster, and closes it on both paths.
@discardableResult
func withConsumer<Value>(
    _ cluster: KafkaMockCluster, group: String? = nil, properties: [String: String] = [:],
    bufferCapacity: Int = 1024, bufferBytes: Int = 1 << 20,
    onEvent: (@Sendable (KafkaConsumerEvent) -> Void)? = nil,
    _ body: (KafkaConsumer) async throws -> Value
) async throws -> Value {
    let consumer = try await KafkaConsumer(
        configuration: KafkaConsumerConfiguration(
            connection: connection(cluster, properties), group: group,
            bufferCapacity: bufferCapacity, bufferBytes: bufferBytes),
        onEvent: onEvent)
    return try await closing(consumer.close) { try await body(consumer) }
}

/// Runs `body`, then `close`, whether it returns or throws.
@discardableResult
func closing<Value>(
    _ close: () async -> Void, _ body: () async throws -> Value
) async throws -> Value {
    let value: Value
    do {
        value = try await body()
    } catch {
        await close()
        throw error
    }
    await close()
    return value
}

private func connection(
    _ cluster: KafkaMockCluster, _ properties: [String: String]
) -> KafkaConfiguration {
    // The mock cluster lets a group's first members wait for 3 s, and changes it later within a
    // second of the session timeout, which is as short as the first of these allows.
    let quick = ["session.timeout.ms": "4000", "heartbeat.interval.ms": "200"]
    var connection = KafkaConfiguration.embedded(
        brokers: cluster.bootstrapServers, clientID: "kafka-tests")
    connection.properties.merge(quick) { _, test in test }
    connection.properties.merge(properties) { _, test in test }
    return connection
}
