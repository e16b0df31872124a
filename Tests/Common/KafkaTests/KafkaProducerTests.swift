// SPDX-License-Identifier: Apache-2.0
import Kafka
import Testing

@Suite(.timeLimit(.minutes(2)))
struct KafkaProducerTests {
    @Test func `a thousand sends from as many tasks are all acknowledged, each once`() async throws
    {
        try await withCluster(topics: ["many": 4]) { cluster in
            try await withProducer(cluster) { producer in
                let deliveries = try await withThrowingTaskGroup(of: KafkaDelivery.self) { group in
                    for number in 0..<1000 {
                        group.addTask {
                            try await producer.send(
                                KafkaMessage(topic: "many", key: "\(number)", text: "\(number)"))
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(Set(deliveries).count == 1000)
                try await withConsumer(cluster) { consumer in
                    try await consumer.assign(allPartitionsOf: ["many"], from: .beginning)
                    let texts = try await consumer.texts(1000)
                    #expect(Set(texts) == Set((0..<1000).map(String.init)))
                }
            }
        }
    }

    @Test func `half of the sends cancelled at random leaves no send waiting`() async throws {
        try await withCluster(topics: ["many": 4]) { cluster in
            try await withProducer(cluster) { producer in
                let outcomes = await withTaskGroup(of: KafkaError.Code?.self) { group in
                    for number in 0..<500 {
                        group.addTask {
                            let sending = Task {
                                try await producer.send(
                                    KafkaMessage(topic: "many", text: "\(number)"))
                            }
                            if number.isMultiple(of: 2) { sending.cancel() }
                            return (await sending.result.failure as? KafkaError)?.code
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count == 500)
                #expect(outcomes.allSatisfy { $0 == nil || $0 == .cancelled })
                #expect(outcomes.count { $0 == nil } >= 250)
            }
        }
    }

    @Test func `a full queue refuses, and reports the message that it drops`() async throws {
        try await withCluster(topics: ["full": 1]) { cluster in
            try await cluster.takeDown()
            let drops = EventLog<KafkaError.Code>()
            try await withProducer(cluster, queueCapacity: 10, messageTimeout: .seconds(2)) {
                producer in
                for _ in 0..<15 {
                    producer.enqueue(KafkaMessage(topic: "full", value: [1])) { drops.add($0.code) }
                }
                #expect(drops.events == Array(repeating: .queueFull, count: 5))
                let error = await #expect(throws: KafkaError.self) {
                    try await producer.send(KafkaMessage(topic: "full", value: [1]))
                }
                #expect(error?.code == .queueFull)
                #expect(error?.isRetriable == true)
                try await drops.wait(for: "the accepted messages' time-outs") { $0.count == 15 }
                #expect(drops.events.dropFirst(5).allSatisfy { $0 == .timedOut })
            }
        }
    }

    @Test func `closing fails what can't be delivered, and whatever comes later`() async throws {
        try await withCluster(topics: ["closing": 1]) { cluster in
            try await cluster.takeDown()
            try await withProducer(cluster) { producer in
                let dropped = EventLog<KafkaError.Code>()
                producer.enqueue(KafkaMessage(topic: "closing", value: [])) { dropped.add($0.code) }
                let sending = Task {
                    try await producer.send(KafkaMessage(topic: "closing", value: []))
                }
                await producer.close(flushing: .zero)
                await #expect(throws: KafkaError.self) { try await sending.value }
                #expect(dropped.events == [.closed])
                let error = await #expect(throws: KafkaError.self) {
                    try await producer.send(KafkaMessage(topic: "closing", value: []))
                }
                #expect(error?.code == .closed)
                await producer.close()
            }
        }
    }

    @Test func `closing delivers what is queued`() async throws {
        try await withCluster(topics: ["closing": 1]) { cluster in
            try await withProducer(cluster, properties: ["linger.ms": "200"]) { producer in
                for number in 0..<100 {
                    producer.enqueue(KafkaMessage(topic: "closing", text: "\(number)"))
                }
                await producer.close(flushing: .seconds(20))
            }
            try await withConsumer(cluster) { consumer in
                try await consumer.assign(allPartitionsOf: ["closing"], from: .beginning)
                #expect(try await consumer.texts(100) == (0..<100).map(String.init))
            }
        }
    }

    @Test func `a dropped producer ends by itself and fails what it holds`() async throws {
        try await withCluster(topics: ["dropped": 1]) { cluster in
            try await cluster.takeDown()
            let drops = EventLog<KafkaError.Code>()
            do {
                let producer = try await KafkaProducer(
                    configuration: KafkaProducerConfiguration(
                        connection: .embedded(brokers: cluster.bootstrapServers)))
                producer.enqueue(KafkaMessage(topic: "dropped", value: [])) { drops.add($0.code) }
            }
            try await drops.wait(for: "the dropped message") { $0 == [.closed] }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
