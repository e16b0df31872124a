// SPDX-License-Identifier: Apache-2.0
import Kafka
import Testing

@Suite(.timeLimit(.minutes(2)))
struct KafkaRoundTripTests {
    @Test func `a message comes back with its key, value, headers and offset`() async throws {
        let headers = [
            KafkaHeader(name: "content-type", text: "text/plain"),
            KafkaHeader(name: "twice", text: "first"),
            KafkaHeader(name: "twice", text: "second"),
        ]
        let (delivery, record) = try await roundTrip(
            KafkaMessage(topic: "round", key: "key", text: "value", headers: headers))
        #expect(record.topic == "round")
        #expect(record.key == Array("key".utf8))
        #expect(record.value == Array("value".utf8))
        #expect(record.headers == headers)
        #expect(record.header(named: "twice")?.text == "first")
        #expect(record.offset == delivery.offset)
        #expect(record.partition == delivery.partition)
        #expect((record.timestampMilliseconds ?? 0) > 1_600_000_000_000)
    }

    @Test func `a tombstone is a record without a value`() async throws {
        let (_, record) = try await roundTrip(
            KafkaMessage(topic: "round", key: [1], value: nil))
        #expect(record.value == nil)
        #expect(record.key == [1])
    }

    @Test func `an empty key and value are not the same as none`() async throws {
        let (_, empty) = try await roundTrip(KafkaMessage(topic: "round", key: [], value: []))
        #expect(empty.key == [])
        #expect(empty.value == [])
        let (_, none) = try await roundTrip(KafkaMessage(topic: "round", key: nil, value: nil))
        #expect(none.key == nil)
        #expect(none.value == nil)
        #expect(none.headers == [])
    }

    @Test func `a header's value may be missing, empty or not text`() async throws {
        let headers = [
            KafkaHeader(name: "missing", value: nil), KafkaHeader(name: "empty", value: []),
            KafkaHeader(name: "", value: [0xFF, 0x00, 0xFE]),
        ]
        let (_, record) = try await roundTrip(
            KafkaMessage(topic: "round", value: [], headers: headers))
        #expect(record.headers == headers)
        #expect(record.headers.first?.text == nil)
        #expect(record.headers.last?.text == "\u{FFFD}\0\u{FFFD}")
    }

    @Test func `keys and values that are not text survive`() async throws {
        let bytes: [UInt8] = [0xC3, 0x28, 0x00, 0xFF, 0xED, 0xA0, 0x80]
        let (_, record) = try await roundTrip(
            KafkaMessage(topic: "round", key: bytes, value: bytes.reversed()))
        #expect(record.key == bytes)
        #expect(record.value == bytes.reversed())
    }

    @Test func `messages of one key stay in order on one partition`() async throws {
        try await withCluster(topics: ["round": 4]) { cluster in
            try await withProducer(cluster) { producer in
                for number in 0..<50 {
                    producer.enqueue(KafkaMessage(topic: "round", key: "same", text: "\(number)"))
                }
                try await withConsumer(cluster) { consumer in
                    try await consumer.assign(allPartitionsOf: ["round"], from: .beginning)
                    let records = try await consumer.records(50)
                    #expect(records.map(\.text) == (0..<50).map(String.init))
                    #expect(Set(records.map(\.partition)).count == 1)
                }
            }
        }
    }

    @Test func `a message goes to the partition that it names`() async throws {
        try await withCluster(topics: ["round": 4]) { cluster in
            try await withProducer(cluster) { producer in
                let message = KafkaMessage(topic: "round", partition: 3, key: [7], value: [])
                let delivery = try await producer.send(message)
                #expect(delivery.partition == 3)
                let missing = KafkaMessage(topic: "round", partition: 9, value: [])
                let error = await #expect(throws: KafkaError.self) {
                    try await producer.send(missing)
                }
                #expect(error?.code == .unknownTopic)
            }
        }
    }

    @Test(arguments: ["", "nul\0inside", String(repeating: "x", count: 600)])
    func `a topic's name that can't be used is an error`(topic: String) async throws {
        try await withCluster { cluster in
            try await withProducer(cluster) { producer in
                await #expect(throws: KafkaError.self) {
                    try await producer.send(KafkaMessage(topic: topic, value: []))
                }
            }
        }
    }

    @Test func `strange names of topics come back as they are`() async throws {
        for topic in ["ü-ñ", "white space", "{}:/\\'\"", "🚌"] {
            try await withCluster(topics: [topic: 1]) { cluster in
                try await withProducer(cluster) { producer in
                    try await withConsumer(cluster) { consumer in
                        try await consumer.assign([
                            KafkaPartitionAssignment(topic: topic, partition: 0, start: .beginning)
                        ])
                        _ = try await producer.send(KafkaMessage(topic: topic, value: [1]))
                        #expect(try await consumer.records(1).first?.topic == topic)
                    }
                }
            }
        }
    }

    private func roundTrip(
        _ message: KafkaMessage
    ) async throws -> (KafkaDelivery, KafkaRecord) {
        try await withCluster(topics: [message.topic: 1]) { cluster in
            try await withProducer(cluster) { producer in
                let delivery = try await producer.send(message)
                return try await withConsumer(cluster) { consumer in
                    try await consumer.assign(allPartitionsOf: [message.topic], from: .beginning)
                    let record = try #require(try await consumer.records(1).first)
                    return (delivery, record)
                }
            }
        }
    }
}
