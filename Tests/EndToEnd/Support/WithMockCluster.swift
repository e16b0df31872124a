// SPDX-License-Identifier: Apache-2.0

import Kafka

/// Runs a Kafka cluster in the test's own process, with the product's topics, so that the test can
/// take its brokers away and give them back.
func withMockCluster(_ body: (KafkaMockCluster) async throws -> Void) async throws {
    let cluster = try await KafkaMockCluster()
    let result: Result<Void, any Error>
    do {
        for topic in productTopics { try await cluster.createTopic(topic, partitions: 4) }
        result = .success(try await body(cluster))
    } catch {
        result = .failure(error)
    }
    await cluster.close()
    try result.get()
}

/// The documented topics.
let productTopics = [
    "tlao.run.requests", "tlao.run.assignments", "tlao.run.control", "tlao.run.events",
    "tlao.executor.heartbeats", "tlao.dead-letters",
]
