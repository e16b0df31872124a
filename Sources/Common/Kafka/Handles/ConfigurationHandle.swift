// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Owns a `rd_kafka_conf_t` until a client takes it over.
///
/// "The application must not destroy the conf object after a successful `rd_kafka_new`", whereas
/// after a failed one it is still ours (`rdkafka.h`): so the type is not copyable, and making a
/// client either discards it or lets `deinit` free it.
struct ConfigurationHandle: ~Copyable {
    private let pointer: OpaquePointer

    /// Begins with librdkafka's defaults.
    init() { pointer = rd_kafka_conf_new() }

    deinit { rd_kafka_conf_destroy(pointer) }

    /// Sets one property by its documented name.
    func set(_ name: String, to value: String) throws(KafkaError) {
        var text = [CChar](repeating: 0, count: 512)
        let result = rd_kafka_conf_set(pointer, name, value, &text, text.count)
        guard result != RD_KAFKA_CONF_OK else { return }
        let detail =
            switch result {
            case RD_KAFKA_CONF_UNKNOWN: "there is no such property"
            // librdkafka quotes the refused value, which must not be shown when it is a secret.
            default: Self.isSecret(name) ? "its value is refused" : String(cBuffer: text)
            }
        throw KafkaError(
            code: .invalidConfiguration,
            reason: "The Kafka property \(name) can't be set: \(detail)")
    }

    /// Chooses what is reported as an event of the queue instead of by a callback.
    ///
    /// With events there is no callback context at all that could outlive its owner.
    func setEvents(_ events: Int32) { rd_kafka_conf_set_events(pointer, events) }

    /// Makes a client, which takes the configuration over.
    consuming func makeClient(_ type: rd_kafka_type_t) throws(KafkaError) -> OpaquePointer {
        var text = [CChar](repeating: 0, count: 512)
        guard let client = rd_kafka_new(type, pointer, &text, text.count) else {
            // Still ours: freed by `deinit`.
            _ = consume self
            throw KafkaError(
                code: .invalidConfiguration,
                reason: "The Kafka client can't be made: \(String(cBuffer: text))")
        }
        discard self
        return client
    }

    private static func isSecret(_ name: String) -> Bool {
        ["password", "secret", "key", "token", "username", "jaas", "oauth"]
            .contains { name.lowercased().contains($0) }
    }
}
