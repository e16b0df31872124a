// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Owns a `rd_kafka_mock_cluster_t` from creation to ``destroy()``.
///
/// Its functions may be called from any thread while the client lives that it was made on. It is to
/// be destroyed before that client, by the client's thread, for both calls block.
final class MockClusterHandle: Sendable {
    nonisolated(unsafe) private let pointer: OpaquePointer

    /// Starts brokers that listen on free ports of the loopback interface.
    init(_ client: OpaquePointer, brokers: Int32) throws(KafkaError) {
        guard let pointer = rd_kafka_mock_cluster_new(client, brokers) else {
            throw KafkaError(
                code: .resourceExhausted, reason: "The mock cluster can't be started.")
        }
        self.pointer = pointer
    }

    /// The brokers' addresses, `host:port` separated by commas.
    var bootstrapServers: String {
        rd_kafka_mock_cluster_bootstraps(pointer).map { String(cString: $0) } ?? ""
    }

    /// Lends the cluster for a call.
    func withPointer<Value>(_ body: (OpaquePointer) -> Value) -> Value { body(pointer) }

    /// Stops the brokers; once.
    func destroy() { rd_kafka_mock_cluster_destroy(pointer) }
}
