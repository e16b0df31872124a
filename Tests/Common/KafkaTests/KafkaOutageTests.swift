// SPDX-License-Identifier: Apache-2.0
import Kafka
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct KafkaOutageTests {
    @Test func `a send waits while the broker is down, and is delivered when it is up`()
        async throws
    {
        try await withCluster(topics: ["outage": 1]) { cluster in
            let errors = EventLog<KafkaError>()
            try await withProducer(
                cluster, onEvent: { if case .error(let error) = $0 { errors.add(error) } }
            ) { producer in
                _ = try await producer.send(KafkaMessage(topic: "outage", value: [0]))
                try await cluster.takeDown()
                async let delivery = producer.send(KafkaMessage(topic: "outage", value: [1]))
                try await errors.wait(for: "the outage to be noticed") {
                    $0.contains { $0.code == .brokerUnavailable }
                }
                try await cluster.bringUp()
                #expect(try await delivery.offset == 1)
            }
        }
    }

    @Test func `a client made while the broker is down works when it is up`() async throws {
        try await withCluster(topics: ["outage": 1]) { cluster in
            try await cluster.takeDown()
            try await withProducer(cluster) { producer in
                async let delivery = producer.send(KafkaMessage(topic: "outage", value: [1]))
                try await cluster.bringUp()
                #expect(try await delivery.offset == 0)
            }
        }
    }

    @Test func `a send that waits for a broker ends at once when it is cancelled`() async throws {
        try await withCluster(topics: ["outage": 1]) { cluster in
            try await cluster.takeDown()
            let errors = EventLog<KafkaError>()
            try await withProducer(
                cluster, onEvent: { if case .error(let error) = $0 { errors.add(error) } }
            ) { producer in
                let sending = Task {
                    try await producer.send(KafkaMessage(topic: "outage", value: [1]))
                }
                try await errors.wait(for: "the outage to be noticed") { !$0.isEmpty }
                sending.cancel()
                let code = try await withDeadline(.seconds(5), for: "the cancelled send") {
                    await Self.code { try await sending.value }
                }
                #expect(code == .cancelled)
                await producer.close(flushing: .zero)
            }
        }
    }

    @Test func `a message that is not delivered in its time fails`() async throws {
        try await withCluster(topics: ["outage": 1]) { cluster in
            try await cluster.takeDown()
            try await withProducer(cluster, messageTimeout: .seconds(1)) { producer in
                let code = await Self.code {
                    try await producer.send(KafkaMessage(topic: "outage", value: [1]))
                }
                #expect(code == .timedOut)
            }
        }
    }

    @Test func `a fatal error costs the messages in flight and nothing that comes later`()
        async throws
    {
        try await withCluster(topics: ["fatal": 1]) { cluster in
            let events = EventLog<KafkaProducerEvent>()
            try await withProducer(cluster, onEvent: { events.add($0) }) { producer in
                _ = try await producer.send(KafkaMessage(topic: "fatal", text: "before"))
                try await cluster.failNextRequests(.produce, with: [.outOfOrderSequence])
                let error = await #expect(throws: KafkaError.self) {
                    try await producer.send(KafkaMessage(topic: "fatal", text: "lost"))
                }
                #expect(error?.code == .fatal)
                _ = try await producer.send(KafkaMessage(topic: "fatal", text: "after"))
                try await events.wait(for: "the replacement") {
                    $0.contains { if case .replaced = $0 { true } else { false } }
                }
                try await withConsumer(cluster) { consumer in
                    try await consumer.assign(allPartitionsOf: ["fatal"], from: .beginning)
                    #expect(try await consumer.texts(2) == ["before", "after"])
                }
            }
        }
    }

    @Test func `many tasks survive one fatal error after another`() async throws {
        try await withCluster(topics: ["fatal": 1]) { cluster in
            try await withProducer(cluster) { producer in
                for _ in 0..<5 {
                    try await cluster.failNextRequests(.produce, with: [.outOfOrderSequence])
                    let codes = await withTaskGroup(of: KafkaError.Code?.self) { group in
                        for _ in 0..<50 {
                            group.addTask {
                                await Self.code {
                                    try await producer.send(KafkaMessage(topic: "fatal", value: []))
                                }
                            }
                        }
                        return await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(codes.contains(.fatal))
                    #expect(Set(codes).subtracting([nil, .fatal]).isEmpty)
                    _ = try await producer.send(KafkaMessage(topic: "fatal", value: []))
                }
            }
        }
    }

    @Test func `a consumer goes on where it was when the broker comes back`() async throws {
        try await withCluster(topics: ["outage": 1]) { cluster in
            try await withProducer(cluster) { producer in
                try await withConsumer(cluster) { consumer in
                    try await consumer.assign(allPartitionsOf: ["outage"], from: .beginning)
                    _ = try await producer.send(KafkaMessage(topic: "outage", text: "1"))
                    #expect(try await consumer.texts(1) == ["1"])
                    try await cluster.takeDown()
                    producer.enqueue(KafkaMessage(topic: "outage", text: "2"))
                    try await cluster.bringUp()
                    #expect(try await consumer.texts(1) == ["2"])
                }
            }
        }
    }

    private static func code<Value>(_ body: () async throws -> Value) async -> KafkaError.Code? {
        do {
            _ = try await body()
            return nil
        } catch {
            return (error as? KafkaError)?.code ?? .other
        }
    }
}
