// SPDX-License-Identifier: Apache-2.0
import Kafka
import Testing

@Suite(.timeLimit(.minutes(1)))
struct KafkaConfigurationTests {
    @Test func `an unknown property is refused by name`() async throws {
        let error = await failure(["no.such.property": "1"])
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.reason.contains("no.such.property") == true)
    }

    @Test func `a refused value is explained, unless it is a secret`() async throws {
        let error = await failure(["acks": "many"])
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.reason.contains("acks") == true)
        let secret = await failure(["security.protocol": "ssl", "ssl.key.pem": "hunter2"])
        #expect(secret?.code == .invalidConfiguration)
        #expect(secret?.description.contains("hunter2") == false)
    }

    @Test func `properties that contradict one another are refused`() async throws {
        let error = await failure(["enable.idempotence": "true", "acks": "1"])
        #expect(error?.code == .invalidConfiguration)
    }

    @Test func `one dictionary serves producers, consumers and admins`() async throws {
        try await withCluster { cluster in
            let connection = KafkaConfiguration.embedded(brokers: cluster.bootstrapServers)
            let admin = try await KafkaAdmin(configuration: connection)
            await admin.close()
            try await withProducer(cluster) { _ in try await withConsumer(cluster) { _ in } }
        }
    }

    @Test func `an error names its code, reason and number`() async throws {
        let error = KafkaError(
            code: .unknownTopic, reason: "The topic x does not exist.",
            number: .unknownTopicOrPartition)
        #expect(
            error.description
                == "unknown topic: The topic x does not exist. (UNKNOWN_TOPIC_OR_PART)")
    }

    private func failure(_ properties: [String: String]) async -> KafkaError? {
        await #expect(throws: KafkaError.self) {
            let connection = KafkaConfiguration(
                brokers: "127.0.0.1:1", properties: properties)
            let producer = try await KafkaProducer(
                configuration: KafkaProducerConfiguration(connection: connection))
            await producer.close(flushing: .zero)
        }
    }
}
