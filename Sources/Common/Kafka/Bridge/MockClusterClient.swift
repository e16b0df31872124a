// SPDX-License-Identifier: Apache-2.0
import CRdKafka
import Logging

/// The client that carries a mock cluster, and the cluster itself.
final class MockClusterClient: ServedClient {
    let handle: ClientHandle
    private let cluster: MockClusterHandle
    private let idle: IdleClient

    init(handle: ClientHandle, brokers: Int32, logger: Logger) throws(KafkaError) {
        self.handle = handle
        cluster = try handle.withClient { client throws(KafkaError) in
            try MockClusterHandle(client, brokers: brokers)
        }
        idle = IdleClient(handle: handle, logger: logger)
    }

    var bootstrapServers: String { cluster.bootstrapServers }

    func stop() { idle.stop() }

    func serve() { idle.serve() }

    func release() { cluster.destroy() }

    func didEnd() {}

    /// Calls the cluster, which asks its own thread and waits for it: on a thread of our own.
    func perform(
        _ what: String,
        _ body: @escaping @Sendable (OpaquePointer) -> rd_kafka_resp_err_t
    ) async throws(KafkaError) {
        try await BlockingCalls.run { [handle, cluster] () throws(KafkaError) in
            // As long as the client is lent, the cluster is not destroyed.
            try handle.withClient { _ throws(KafkaError) in
                try KafkaError.check(cluster.withPointer(body), what)
            }
        }
    }
}
