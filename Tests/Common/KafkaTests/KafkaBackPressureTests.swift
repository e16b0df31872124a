// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import Kafka

@Suite(.timeLimit(.minutes(3)))
struct KafkaBackPressureTests {
    @Test(arguments: [1, 4])
    func `a full buffer stops at its limit, and every record comes once, in order`(
        partitions: Int
    ) async throws {
        try await withCluster(topics: ["full": partitions]) { cluster in
            try await withProducer(cluster) { producer in
                for number in 0..<500 {
                    producer.enqueue(
                        KafkaMessage(
                            topic: "full", partition: Int32(number % partitions),
                            text: "\(number)"))
                }
                try await withConsumer(cluster, bufferCapacity: 10) { consumer in
                    try await consumer.assign(allPartitionsOf: ["full"], from: .beginning)
                    var records: [KafkaRecord] = []
                    for _ in 0..<50 {
                        records += try await consumer.records(10)
                        #expect(consumer.client.buffer.count <= 10)
                    }
                    for partition in 0..<partitions {
                        let texts = records.filter { $0.partition == partition }.map(\.text)
                        let expected = stride(from: partition, to: 500, by: partitions)
                        #expect(texts == expected.map(String.init))
                    }
                }
            }
        }
    }

    @Test func `the buffer is bounded by bytes too`() async throws {
        try await withCluster(topics: ["full": 1]) { cluster in
            try await withProducer(cluster) { producer in
                for _ in 0..<100 {
                    let value = [UInt8](repeating: 7, count: 1000)
                    producer.enqueue(KafkaMessage(topic: "full", value: value))
                }
                try await withConsumer(
                    cluster, bufferBytes: 5000
                ) { consumer in
                    try await consumer.assign(allPartitionsOf: ["full"], from: .beginning)
                    for _ in 0..<100 {
                        _ = try await consumer.records(1)
                        #expect(consumer.client.buffer.count <= 5)
                    }
                }
            }
        }
    }

    @Test func `a consumer with a full buffer is not evicted from its group`() async throws {
        try await withCluster(topics: ["slow": 1]) { cluster in
            try await withProducer(cluster) { producer in
                for number in 0..<20 {
                    producer.enqueue(KafkaMessage(topic: "slow", text: "\(number)"))
                }
                let events = EventLog<KafkaConsumerEvent>()
                // Nobody reads for longer than the group allows between two polls.
                let properties = [
                    "session.timeout.ms": "4000", "max.poll.interval.ms": "4000",
                ]
                try await withConsumer(
                    cluster, group: "slow", properties: properties, bufferCapacity: 2,
                    onEvent: { events.add($0) }
                ) { consumer in
                    try await consumer.subscribe(to: ["slow"])
                    try await events.wait(for: "the assignment") { !$0.isEmpty }
                    await #expect(throws: DeadlineExceeded.self) {
                        try await events.wait(.seconds(7), for: "an eviction") { $0.count > 1 }
                    }
                    #expect(try await consumer.texts(20) == (0..<20).map(String.init))
                }
            }
        }
    }
}
