// SPDX-License-Identifier: Apache-2.0
public import Logging

/// Runs librdkafka's mock cluster: brokers in this process that speak the real Kafka protocol.
///
/// They listen on free ports of the loopback interface, and any Kafka client can use them. Memory
/// only, about 5 MB a partition: older records are dropped without a word. Topics that are not
/// created get four partitions when they are first used. Creation of topics by ``KafkaAdmin`` is
/// not supported by them. Connect with ``KafkaConfiguration/embedded(brokers:clientID:)``.
///
/// Beside the embedded broker it serves tests, by brokers that fail on demand. Any task may call
/// any method. End it with ``close()``.
public final class KafkaMockCluster: Sendable {
    /// The brokers' addresses, `host:port` separated by commas.
    public let bootstrapServers: String

    let client: MockClusterClient
    private let ended: Promise<Void>

    /// Starts brokers with the identifiers 1, 2, … up to their number.
    ///
    /// Throws `.invalidArgument` for less than one broker.
    public init(
        brokers: Int = 1, logger: Logger = Logger(label: "kafka")
    ) async throws(KafkaError) {
        guard let count = Int32(exactly: brokers), count > 0 else {
            throw KafkaError(code: .invalidArgument, reason: "\(brokers) brokers can't be started.")
        }
        let life = ClientLife<MockClusterClient>()
        life.launch(
            role: .producer, properties: ["client.id": "mock-cluster"],
            make: { handle throws(KafkaError) in
                try MockClusterClient(handle: handle, brokers: count, logger: logger)
            })
        let client = try await life.ready.outcome().get()
        self.client = client
        ended = life.ended
        bootstrapServers = client.bootstrapServers
    }

    deinit { client.stop() }

    /// Stops the brokers and waits until they are gone.
    ///
    /// May be called again.
    public func close() async {
        client.stop()
        _ = await ended.outcome()
    }
}
