// SPDX-License-Identifier: Apache-2.0
public import Logging

/// Creates topics and looks at them.
///
/// Any task may use it. End it with ``close()``.
public final class KafkaAdmin: Sendable {
    private let client: IdleClient
    private let ended: Promise<Void>

    /// Makes the client, without waiting for a broker.
    ///
    /// Throws `.invalidConfiguration` for a property that can't be used.
    public init(
        configuration: KafkaConfiguration, logger: Logger = Logger(label: "kafka")
    ) async throws(KafkaError) {
        let life = ClientLife<IdleClient>()
        life.launch(
            role: .producer, properties: configuration.properties(defaults: [:]),
            make: { handle throws(KafkaError) in IdleClient(handle: handle, logger: logger) })
        client = try await life.ready.outcome().get()
        ended = life.ended
    }

    deinit { client.stop() }

    /// Creates topics; returns why some were refused, by name.
    ///
    /// Each topic stands for itself: the others are made. One that is there already is refused with
    /// `.topicExists`, however many partitions it has. Throws when the cluster as a whole did not
    /// answer (`.timedOut`), or lacks the request (`.unsupported`). A mock cluster does one or the
    /// other: see ``KafkaMockCluster/createTopic(_:partitions:replicationFactor:)``.
    public func createTopics(
        _ topics: [KafkaTopicSpecification], within time: Duration = .seconds(30)
    ) async throws(KafkaError) -> [String: KafkaError] {
        guard !topics.isEmpty else { return [:] }
        return try await BlockingCalls.run { [handle = client.handle] () throws(KafkaError) in
            try handle.createTopics(topics, within: time)
        }
    }

    /// Describes all topics that this client may see, by name.
    public func topics(
        within time: Duration = .seconds(10)
    ) async throws(KafkaError) -> [KafkaTopicDescription] {
        try await BlockingCalls.run { [handle = client.handle] () throws(KafkaError) in
            try handle.describeAllTopics(within: time)
        }
    }

    /// Describes one topic; throws `.unknownTopic` when it is not there, and never creates it.
    public func describe(
        topic: String, within time: Duration = .seconds(10)
    ) async throws(KafkaError) -> KafkaTopicDescription {
        // Asking for one topic by name may create it; asking for all of them never does.
        let all = try await topics(within: time)
        guard let description = all.first(where: { $0.name == topic }) else {
            throw KafkaError(code: .unknownTopic, reason: "The topic \(topic) does not exist.")
        }
        return description
    }

    /// Ends the client and waits until it is gone.
    ///
    /// May be called again.
    public func close() async {
        client.stop()
        _ = await ended.outcome()
    }
}
