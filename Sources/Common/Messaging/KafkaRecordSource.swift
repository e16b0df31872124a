// SPDX-License-Identifier: Apache-2.0

public import Kafka
public import Logging
public import Records
public import Seams
import Synchronization

/// Hears what the other stages say on Kafka's topics, with one consumer for a whole process.
///
/// Topics are assigned by hand, all partitions, from their end: nobody here needs what was said
/// before. ``run()`` has to run for anything to be heard.
public final class KafkaRecordSource: RecordSource {
    private let consumer: KafkaConsumer
    private let names: TopicNames
    private let reachability: BrokerReachability
    private let time: any TimeSource
    private let logger: Logger
    private let subscribers = Mutex(SubscriberList())
    private let wanted = AsyncStream<Topic>.makeStream(bufferingPolicy: .bufferingNewest(1_024))

    /// How long to wait after a topic could not be assigned.
    private static let retryDelay: Duration = .milliseconds(500)

    /// Creates a source on a consumer without a group, which somebody else closes.
    ///
    /// The consumer has to report its troubles to `reachability`; see ``observer(of:)``.
    public init(
        consumer: KafkaConsumer, names: TopicNames, reachability: BrokerReachability,
        time: any TimeSource,
        logger: Logger
    ) {
        self.consumer = consumer
        self.names = names
        self.reachability = reachability
        self.time = time
        self.logger = logger
    }

    /// What a consumer made for this source calls with its events.
    public static func observer(
        of reachability: BrokerReachability
    ) -> @Sendable (KafkaConsumerEvent) -> Void {
        { event in
            if case .error(let error) = event, error.code == .brokerUnavailable {
                reachability.sawTrouble()
            }
        }
    }

    /// Whether Kafka could be reached lately.
    public var isReachable: Bool { reachability.isReachable }

    /// All records on `topics` from the moment their assignment is done.
    ///
    /// Of more than `buffer` records that wait for the reader the oldest are dropped: a bell that
    /// is not heard costs a delay, and nothing else.
    public func records(on topics: [Topic], buffer: Int) -> AsyncStream<Record> {
        let (stream, continuation) = AsyncStream<Record>.makeStream(
            bufferingPolicy: .bufferingNewest(buffer))
        let (id, new) = subscribers.withLock { $0.add(topics, continuation) }
        continuation.onTermination = { [weak self] _ in
            self?.subscribers.withLock { $0.remove(id) }
        }
        for topic in new { wanted.continuation.yield(topic) }
        return stream
    }

    /// Waits until everything that is said on `topics` from then on is heard.
    ///
    /// Returns early when the task is cancelled.
    public func waitUntilHeard(_ topics: [Topic]) async {
        let assigned = AsyncStream<Void>.makeStream()
        subscribers.withLock { $0.notify(assigned.continuation, when: Set(topics)) }
        for await _ in assigned.stream {}
    }

    /// Assigns topics as they are asked for and hands records to whoever asked, until the task is
    /// cancelled or the consumer is closed.
    ///
    /// - Throws: ``KafkaError`` when the consumer dies.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.assignTopics() }
            group.addTask { try await self.handOut() }
            try await group.next()
            group.cancelAll()
        }
        let endStreams = subscribers.withLock { $0.finish() }
        endStreams()
    }

    private func assignTopics() async {
        for await topic in wanted.stream {
            await assign(topic)
        }
    }

    private func assign(_ topic: Topic) async {
        while !Task.isCancelled {
            do {
                try await consumer.assign(allPartitionsOf: [names.name(of: topic)], from: .end)
                subscribers.withLock { $0.assigned(topic) }
                return
            } catch {
                logger.info(
                    "Topic not assigned yet", metadata: ["topic": "\(topic)", "error": "\(error)"])
            }
            do { try await time.sleep(for: Self.retryDelay) } catch { return }
        }
    }

    private func handOut() async throws {
        for try await message in consumer {
            reachability.sawLife()
            guard let topic = names.topic(named: message.topic), let value = message.value else {
                continue
            }
            do {
                let record = try Record(
                    bytes: value, key: String(decoding: message.key ?? [], as: UTF8.self))
                for subscriber in subscribers.withLock({ $0.subscribers(of: topic) }) {
                    subscriber.yield(record)
                }
            } catch {
                logger.warning(
                    "Message not understood",
                    metadata: [
                        "topic": "\(topic)", "partition": "\(message.partition)",
                        "offset": "\(message.offset)",
                        "error": "\(error.code): \(error.reason)",
                    ])
            }
        }
    }
}
