// SPDX-License-Identifier: Apache-2.0
import Kafka
import Testing

@Suite(.timeLimit(.minutes(3)))
struct KafkaAssignmentTests {
    @Test func `nothing produced after an assignment from the end is missed`() async throws {
        try await withCluster(topics: ["end": 3, "other": 2]) { cluster in
            try await withProducer(cluster) { producer in
                for round in 0..<10 {
                    for topic in ["end", "other"] {
                        _ = try await producer.send(
                            KafkaMessage(topic: topic, key: "\(round)", text: "before"))
                    }
                    try await withConsumer(cluster) { consumer in
                        try await consumer.assign(allPartitionsOf: ["end", "other"], from: .end)
                        for (topic, partitions) in [("end", 3), ("other", 2)] {
                            for partition in 0..<partitions {
                                producer.enqueue(
                                    KafkaMessage(
                                        topic: topic, partition: Int32(partition), key: nil,
                                        text: "\(topic)/\(partition)"))
                            }
                        }
                        let texts = try await consumer.texts(5)
                        #expect(
                            Set(texts) == ["end/0", "end/1", "end/2", "other/0", "other/1"])
                    }
                }
            }
        }
    }

    @Test func `partitions can be added while others are read`() async throws {
        try await withCluster(topics: ["grow": 2]) { cluster in
            try await withProducer(cluster) { producer in
                try await withConsumer(cluster) { consumer in
                    try await consumer.assign([
                        KafkaPartitionAssignment(topic: "grow", partition: 0, start: .beginning)
                    ])
                    try await send("a", to: 0, producer)
                    try await send("b", to: 1, producer)
                    #expect(try await consumer.texts(1) == ["a"])
                    try await consumer.assign([
                        KafkaPartitionAssignment(topic: "grow", partition: 1, start: .beginning)
                    ])
                    #expect(try await consumer.texts(1) == ["b"])
                    try await send("c", to: 0, producer)
                    #expect(try await consumer.texts(1) == ["c"])
                    #expect(try await consumer.assignment.count == 2)
                }
            }
        }
    }

    @Test func `an unassigned partition is no longer read`() async throws {
        try await withCluster(topics: ["grow": 2]) { cluster in
            try await withProducer(cluster) { producer in
                try await withConsumer(cluster) { consumer in
                    try await consumer.assign(allPartitionsOf: ["grow"], from: .beginning)
                    try await consumer.unassign([KafkaTopicPartition(topic: "grow", partition: 0)])
                    try await send("never", to: 0, producer)
                    try await send("read", to: 1, producer)
                    #expect(try await consumer.texts(1) == ["read"])
                }
            }
        }
    }

    @Test func `reading starts at the offset that was asked for`() async throws {
        try await withCluster(topics: ["grow": 1]) { cluster in
            try await withProducer(cluster) { producer in
                for number in 0..<10 { try await send("\(number)", to: 0, producer) }
                try await withConsumer(cluster) { consumer in
                    try await consumer.assign([
                        KafkaPartitionAssignment(topic: "grow", partition: 0, start: .offset(7))
                    ])
                    #expect(try await consumer.texts(3) == ["7", "8", "9"])
                    let place = KafkaTopicPartition(topic: "grow", partition: 0)
                    let watermarks = try await consumer.watermarks(of: place)
                    #expect(watermarks == KafkaWatermarks(low: 0, high: 10))
                }
            }
        }
    }

    @Test func `seeking goes back and forward, and drops what was buffered`() async throws {
        try await withCluster(topics: ["grow": 1]) { cluster in
            try await withProducer(cluster) { producer in
                for number in 0..<100 { try await send("\(number)", to: 0, producer) }
                try await withConsumer(cluster) { consumer in
                    try await consumer.assign(allPartitionsOf: ["grow"], from: .beginning)
                    #expect(try await consumer.texts(2) == ["0", "1"])
                    try await seek(consumer, to: .offset(90))
                    #expect(try await consumer.texts(2) == ["90", "91"])
                    try await seek(consumer, to: .beginning)
                    #expect(try await consumer.texts(1) == ["0"])
                    try await seek(consumer, to: .end)
                    try await send("new", to: 0, producer)
                    #expect(try await consumer.texts(1) == ["new"])
                }
            }
        }
    }

    @Test func `a paused partition is silent until it is resumed, where it was`() async throws {
        try await withCluster(topics: ["grow": 2]) { cluster in
            try await withProducer(cluster) { producer in
                try await withConsumer(cluster) { consumer in
                    let paused: Set = [KafkaTopicPartition(topic: "grow", partition: 0)]
                    try await consumer.assign(allPartitionsOf: ["grow"], from: .beginning)
                    try await send("0a", to: 0, producer)
                    #expect(try await consumer.texts(1) == ["0a"])
                    try await consumer.pause(paused)
                    try await send("0b", to: 0, producer)
                    for number in 0..<20 { try await send("1-\(number)", to: 1, producer) }
                    #expect(try await consumer.texts(20).allSatisfy { $0.hasPrefix("1-") })
                    try await consumer.resume(paused)
                    #expect(try await consumer.texts(1) == ["0b"])
                }
            }
        }
    }

    @Test func `a pause before the first record loses and repeats nothing`() async throws {
        try await withCluster(topics: ["grow": 2]) { cluster in
            try await withProducer(cluster) { producer in
                for number in 0..<200 {
                    producer.enqueue(
                        KafkaMessage(
                            topic: "grow", partition: Int32(number % 2), text: "\(number)"))
                }
                try await withConsumer(cluster, bufferCapacity: 4) { consumer in
                    let all: Set = [
                        KafkaTopicPartition(topic: "grow", partition: 0),
                        KafkaTopicPartition(topic: "grow", partition: 1),
                    ]
                    try await consumer.assign(allPartitionsOf: ["grow"], from: .beginning)
                    var records: [KafkaRecord] = []
                    while records.count < 200 {
                        for place in all {
                            try await consumer.pause([place])
                            try await consumer.resume([place])
                        }
                        try await consumer.pause(all)
                        try await consumer.resume(all)
                        records += try await consumer.records(5)
                    }
                    for partition in 0..<2 {
                        let texts = records.filter { $0.partition == partition }.map(\.text)
                        #expect(texts == stride(from: partition, to: 200, by: 2).map(String.init))
                    }
                }
            }
        }
    }

    @Test func `no record of a paused partition comes after the pause`() async throws {
        try await withCluster(topics: ["grow": 2]) { cluster in
            try await withProducer(cluster) { producer in
                for number in 0..<100 {
                    for partition in 0..<2 {
                        producer.enqueue(
                            KafkaMessage(
                                topic: "grow", partition: Int32(partition), text: "\(number)"))
                    }
                }
                try await withConsumer(cluster, bufferCapacity: 10) { consumer in
                    let paused: Set = [KafkaTopicPartition(topic: "grow", partition: 0)]
                    try await consumer.assign(allPartitionsOf: ["grow"], from: .beginning)
                    let before = try await consumer.records(20)
                    try await consumer.pause(paused)
                    let others = before.count { $0.partition == 1 }
                    let rest = try await consumer.records(100 - others)
                    #expect(rest.allSatisfy { $0.partition == 1 })
                    try await consumer.resume(paused)
                    let resumed = try await consumer.records(100 - (20 - others))
                    #expect(
                        (before + resumed).filter { $0.partition == 0 }.map(\.text)
                            == (0..<100).map(String.init))
                }
            }
        }
    }

    @Test func `a partition, offset or topic that can't exist is refused`() async throws {
        try await withCluster(topics: ["grow": 1]) { cluster in
            try await withConsumer(cluster) { consumer in
                for assignment in [
                    KafkaPartitionAssignment(topic: "grow", partition: -1, start: .offset(0)),
                    KafkaPartitionAssignment(topic: "grow", partition: 0, start: .offset(-5)),
                    KafkaPartitionAssignment(topic: "", partition: 0, start: .end),
                ] {
                    let error = await #expect(throws: KafkaError.self) {
                        try await consumer.assign([assignment])
                    }
                    #expect(error?.code == .invalidArgument)
                }
                let assignment = try await consumer.assignment
                #expect(assignment.isEmpty)
            }
        }
    }

    @Test func `what is not assigned can't be paused or sought`() async throws {
        try await withCluster(topics: ["grow": 1]) { cluster in
            try await withConsumer(cluster) { consumer in
                let place: Set = [KafkaTopicPartition(topic: "grow", partition: 0)]
                let error = await #expect(throws: KafkaError.self) {
                    try await consumer.pause(place)
                }
                #expect(error?.code == .notAssigned)
                await #expect(throws: KafkaError.self) { try await seek(consumer, to: .offset(1)) }
            }
        }
    }

    @Test func `assigning a partition twice, or one that is not there, is an error`() async throws {
        try await withCluster(topics: ["grow": 1]) { cluster in
            try await withConsumer(cluster) { consumer in
                try await consumer.assign(allPartitionsOf: ["grow"], from: .end)
                await #expect(throws: KafkaError.self) {
                    try await consumer.assign(allPartitionsOf: ["grow"], from: .end)
                }
                let missing = KafkaPartitionAssignment(topic: "grow", partition: 5, start: .end)
                let error = await #expect(throws: KafkaError.self) {
                    try await consumer.assign([missing], within: .seconds(5))
                }
                #expect(error?.code == .unknownTopic)
            }
        }
    }

    @Test func `a topic that is created late is waited for`() async throws {
        try await withCluster { cluster in
            try await withConsumer(cluster) { consumer in
                async let partitions = consumer.partitions(of: "late", within: .seconds(20))
                try await cluster.createTopic("late", partitions: 3)
                #expect(try await partitions == [0, 1, 2])
            }
        }
    }

    @Test func `a broker that does not answer ends the question in its time`() async throws {
        try await withCluster { cluster in
            try await cluster.takeDown()
            try await withConsumer(cluster) { consumer in
                let error = await #expect(throws: KafkaError.self) {
                    try await consumer.partitions(of: "any", within: .milliseconds(300))
                }
                #expect(error?.isRetriable == true)
            }
        }
    }

    private func send(_ text: String, to partition: Int32, _ producer: KafkaProducer) async throws {
        _ = try await producer.send(
            KafkaMessage(topic: "grow", partition: partition, text: text))
    }

    private func seek(
        _ consumer: KafkaConsumer, to start: KafkaPartitionAssignment.Start
    ) async throws {
        try await consumer.seek(to: [
            KafkaPartitionAssignment(topic: "grow", partition: 0, start: start)
        ])
    }
}
