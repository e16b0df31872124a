// SPDX-License-Identifier: Apache-2.0
import Kafka
import Testing

@Suite(.timeLimit(.minutes(3)))
struct KafkaGroupTests {
    private typealias Events = EventLog<KafkaConsumerEvent>

    @Test(arguments: ["range", "cooperative-sticky"])
    func `two consumers share a topic, and one takes over when the other leaves`(
        strategy: String
    ) async throws {
        let properties = ["partition.assignment.strategy": strategy]
        try await withCluster(topics: ["shared": 4]) { cluster in
            let first = Events()
            try await withConsumer(
                cluster, group: "pair", properties: properties, onEvent: { first.add($0) }
            ) { one in
                try await one.subscribe(to: ["shared"])
                try await first.wait(for: "all partitions") { Self.owned($0).count == 4 }
                let second = Events()
                try await withConsumer(
                    cluster, group: "pair", properties: properties, onEvent: { second.add($0) }
                ) { two in
                    try await two.subscribe(to: ["shared"])
                    try await first.wait(for: "half of the partitions") {
                        Self.owned($0).count == 2
                    }
                    try await second.wait(for: "the other half") { Self.owned($0).count == 2 }
                    #expect(Self.owned(first.events).isDisjoint(with: Self.owned(second.events)))
                    try await expectEachRecordOnce(cluster, one, two)
                }
                try await first.wait(for: "all partitions again") { Self.owned($0).count == 4 }
            }
        }
    }

    @Test func `a group goes on behind the records that were marked`() async throws {
        try await withCluster(topics: ["progress": 1]) { cluster in
            try await produce(10, to: "progress", cluster)
            try await withConsumer(cluster, group: "progress") { consumer in
                try await consumer.subscribe(to: ["progress"])
                let records = try await consumer.records(6)
                try consumer.storeOffset(of: records[3])
                try await consumer.commit()
                let place = records[3].topicPartition
                #expect(try await consumer.committedOffsets(of: [place]) == [place: 4])
                // Nothing new is marked: still no error.
                try await consumer.commit()
            }
            try await withConsumer(cluster, group: "progress") { consumer in
                try await consumer.subscribe(to: ["progress"])
                let record = try await consumer.records(1)
                #expect(record.first?.offset == 4)
                try consumer.storeOffset(of: try #require(record.first))
            }
            // The last mark was committed by closing.
            try await withConsumer(cluster, group: "progress") { consumer in
                try await consumer.subscribe(to: ["progress"])
                #expect(try await consumer.records(1).first?.offset == 5)
            }
        }
    }

    @Test func `what is only read is not committed`() async throws {
        try await withCluster(topics: ["progress": 1]) { cluster in
            try await produce(3, to: "progress", cluster)
            for _ in 0..<2 {
                try await withConsumer(cluster, group: "reader") { consumer in
                    try await consumer.subscribe(to: ["progress"])
                    #expect(try await consumer.records(3).map(\.offset) == [0, 1, 2])
                }
            }
        }
    }

    @Test func `a pause does not outlive the assignment, and nothing is lost by it`() async throws {
        try await withCluster(topics: ["paused": 2]) { cluster in
            let first = Events()
            try await withConsumer(cluster, group: "paused", onEvent: { first.add($0) }) { one in
                try await one.subscribe(to: ["paused"])
                try await first.wait(for: "both partitions") { Self.owned($0).count == 2 }
                try await one.pause(try await one.assignment)
                let second = Events()
                try await withConsumer(cluster, group: "paused", onEvent: { second.add($0) }) {
                    two in
                    try await two.subscribe(to: ["paused"])
                    try await second.wait(for: "one partition") { Self.owned($0).count == 1 }
                    let moved = try #require(Self.owned(second.events).first)
                    try await send("1", to: moved, cluster)
                    let record = try #require(try await two.records(1).first)
                    try two.storeOffset(of: record)
                }
                try await first.wait(for: "both partitions again") { Self.owned($0).count == 2 }
                let moved = try #require(Self.owned(second.events, ignoringRevocations: true).first)
                try await send("2", to: moved, cluster)
                #expect(try await one.texts(1) == ["2"])
            }
        }
    }

    @Test func `a record of a partition that belongs to somebody else can't be marked`()
        async throws
    {
        try await withCluster(topics: ["shared": 1]) { cluster in
            try await withConsumer(cluster, group: "group") { consumer in
                let foreign = KafkaRecord(
                    topic: "shared", partition: 0, offset: 3, timestampMilliseconds: nil, key: nil,
                    value: nil, headers: [])
                let error = #expect(throws: KafkaError.self) {
                    try consumer.storeOffset(of: foreign)
                }
                #expect(error?.code == .notAssigned)
            }
        }
    }

    @Test func `a group's consumer can't be assigned by hand, nor the other way round`()
        async throws
    {
        try await withCluster(topics: ["shared": 1]) { cluster in
            try await withConsumer(cluster, group: "group") { consumer in
                await #expect(throws: KafkaError.self) {
                    try await consumer.assign(allPartitionsOf: ["shared"], from: .end)
                }
            }
            try await withConsumer(cluster) { consumer in
                await #expect(throws: KafkaError.self) {
                    try await consumer.subscribe(to: ["shared"])
                }
                await #expect(throws: KafkaError.self) { try await consumer.commit() }
            }
        }
    }

    /// Follows the events to what the consumer owns now.
    private static func owned(
        _ events: [KafkaConsumerEvent], ignoringRevocations: Bool = false
    ) -> Set<KafkaTopicPartition> {
        events.reduce(into: []) { owned, event in
            switch event {
            case .assigned(let partitions): owned.formUnion(partitions)
            case .revoked(let partitions), .lost(let partitions):
                if !ignoringRevocations { owned.subtract(partitions) }
            case .error: break
            }
        }
    }

    private func expectEachRecordOnce(
        _ cluster: KafkaMockCluster, _ one: KafkaConsumer, _ two: KafkaConsumer
    ) async throws {
        let log = EventLog<String>()
        try await withThrowingTaskGroup { group in
            for consumer in [one, two] {
                group.addTask { for try await record in consumer { log.add(record.text) } }
            }
            defer { group.cancelAll() }
            for partition in 0..<4 {
                let place = KafkaTopicPartition(topic: "shared", partition: Int32(partition))
                try await send("\(partition)", to: place, cluster)
            }
            try await log.wait(for: "a record of each partition") { $0.count >= 4 }
        }
        #expect(log.events.sorted() == ["0", "1", "2", "3"])
    }

    private func produce(_ count: Int, to topic: String, _ cluster: KafkaMockCluster) async throws {
        for number in 0..<count {
            let place = KafkaTopicPartition(topic: topic, partition: 0)
            try await send("\(number)", to: place, cluster)
        }
    }

    private func send(
        _ text: String, to place: KafkaTopicPartition, _ cluster: KafkaMockCluster
    ) async throws {
        try await withProducer(cluster) { producer in
            _ = try await producer.send(
                KafkaMessage(
                    topic: place.topic, partition: place.partition, text: text))
        }
    }
}
