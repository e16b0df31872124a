// SPDX-License-Identifier: Apache-2.0
import Kafka
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct KafkaConsumerTests {
    @Test func `closing ends the sequence and refuses later calls`() async throws {
        try await withCluster(topics: ["closed": 1]) { cluster in
            try await withConsumer(cluster) { consumer in
                try await consumer.assign(allPartitionsOf: ["closed"], from: .end)
                async let count = consumer.reduce(0) { count, _ in count + 1 }
                await consumer.close()
                #expect(try await count == 0)
                let error = await #expect(throws: KafkaError.self) {
                    try await consumer.assign([
                        KafkaPartitionAssignment(topic: "closed", partition: 0, start: .offset(0))
                    ])
                }
                #expect(error?.code == .closed)
                await consumer.close()
            }
        }
    }

    @Test func `a cancelled reader ends, and takes no record with it`() async throws {
        try await withCluster(topics: ["readers": 1]) { cluster in
            try await withConsumer(cluster) { consumer in
                try await consumer.assign(allPartitionsOf: ["readers"], from: .beginning)
                for _ in 0..<20 {
                    let reading = Task { try await consumer.first { _ in true } }
                    reading.cancel()
                    #expect(try await reading.value == nil)
                }
                try await withProducer(cluster) { producer in
                    for number in 0..<20 {
                        producer.enqueue(KafkaMessage(topic: "readers", text: "\(number)"))
                    }
                }
                #expect(try await consumer.texts(20) == (0..<20).map(String.init))
            }
        }
    }

    @Test func `several readers share the records`() async throws {
        try await withCluster(topics: ["readers": 4]) { cluster in
            try await withConsumer(cluster) { consumer in
                try await consumer.assign(allPartitionsOf: ["readers"], from: .beginning)
                let log = EventLog<String>()
                try await withThrowingTaskGroup { group in
                    for _ in 0..<5 {
                        group.addTask { for try await record in consumer { log.add(record.text) } }
                    }
                    defer { group.cancelAll() }
                    try await withProducer(cluster) { producer in
                        for number in 0..<200 {
                            producer.enqueue(
                                KafkaMessage(topic: "readers", key: "\(number)", text: "\(number)"))
                        }
                    }
                    try await log.wait(for: "all records") { $0.count >= 200 }
                }
                #expect(Set(log.events) == Set((0..<200).map(String.init)))
                #expect(log.events.count == 200)
            }
        }
    }

    @Test func `a consumer whose brokers are gone can be closed`() async throws {
        try await withCluster(topics: ["gone": 1]) { cluster in
            let events = EventLog<KafkaConsumerEvent>()
            try await withConsumer(cluster, group: "gone", onEvent: { events.add($0) }) {
                consumer in
                try await consumer.subscribe(to: ["gone"])
                try await events.wait(for: "the assignment") { !$0.isEmpty }
                try await cluster.takeDown()
                try await withDeadline(.seconds(20), for: "the end") { await consumer.close() }
            }
        }
    }
}
