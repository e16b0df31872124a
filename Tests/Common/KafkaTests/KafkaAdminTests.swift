// SPDX-License-Identifier: Apache-2.0
import Kafka
import Testing

@Suite(.timeLimit(.minutes(2)))
struct KafkaAdminTests {
    @Test func `topics are listed with their partitions and leaders`() async throws {
        try await withCluster(brokers: 2, topics: ["one": 1, "three": 3]) { cluster in
            try await withAdmin(cluster) { admin in
                #expect(try await admin.topics().map(\.name) == ["one", "three"])
                let three = try await admin.describe(topic: "three")
                #expect(three.partitions.map(\.number) == [0, 1, 2])
                for partition in three.partitions {
                    #expect(partition.leader.map(partition.replicas.contains) == true)
                }
            }
        }
    }

    @Test func `a missing topic is an error, and is not created by asking`() async throws {
        try await withCluster { cluster in
            try await withAdmin(cluster) { admin in
                for _ in 0..<2 {
                    let error = await #expect(throws: KafkaError.self) {
                        try await admin.describe(topic: "missing")
                    }
                    #expect(error?.code == .unknownTopic)
                }
            }
        }
    }

    @Test func `creating topics by request fails in its time on a mock cluster, which lacks it`()
        async throws
    {
        try await withCluster { cluster in
            try await withAdmin(cluster) { admin in
                let error = await #expect(throws: KafkaError.self) {
                    try await admin.createTopics(
                        [
                            KafkaTopicSpecification(
                                name: "new", partitions: 2, replicationFactor: 1,
                                properties: ["cleanup.policy": "delete"])
                        ], within: .seconds(1))
                }
                // librdkafka 2.0.2 does not find the mock cluster's controller; newer ones do, and
                // are told that it lacks the request.
                #expect(error?.code == .timedOut || error?.code == .unsupported)
            }
        }
    }

    @Test func `a topic that can't be meant is refused before it is asked for`() async throws {
        try await withCluster { cluster in
            try await withAdmin(cluster) { admin in
                for (name, partitions) in [("", Int32(1)), ("zero", 0)] {
                    let error = await #expect(throws: KafkaError.self) {
                        try await admin.createTopics([
                            KafkaTopicSpecification(name: name, partitions: partitions)
                        ])
                    }
                    #expect(error?.code == .invalidArgument || error?.code == .invalidTopic)
                }
            }
        }
    }

    @Test func `a mock cluster's topic can't be created twice`() async throws {
        try await withCluster(topics: ["twice": 1]) { cluster in
            let error = await #expect(throws: KafkaError.self) {
                try await cluster.createTopic("twice", partitions: 1)
            }
            #expect(error?.code == .topicExists)
        }
    }

    private func withAdmin(
        _ cluster: KafkaMockCluster, _ body: (KafkaAdmin) async throws -> Void
    ) async throws {
        let admin = try await KafkaAdmin(
            configuration: .embedded(brokers: cluster.bootstrapServers))
        try await closing(admin.close) { try await body(admin) }
    }
}
