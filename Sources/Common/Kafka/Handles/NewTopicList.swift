// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Owns the `rd_kafka_NewTopic_t` objects of one request, which librdkafka copies.
struct NewTopicList: ~Copyable {
    private var pointers: [OpaquePointer?] = []

    /// Describes the topics to librdkafka, which refuses what can't be meant.
    init(_ topics: [KafkaTopicSpecification]) throws(KafkaError) {
        for topic in topics {
            try topic.name.checkTopic()
            guard topic.partitions > 0, topic.replicationFactor ?? 1 > 0 else {
                throw KafkaError(
                    code: .invalidTopic,
                    reason: "The topic \(topic.name) needs partitions and replicas.")
            }
            var text = [CChar](repeating: 0, count: 512)
            let pointer = rd_kafka_NewTopic_new(
                topic.name, topic.partitions, topic.replicationFactor ?? -1, &text, text.count)
            guard let pointer else {
                throw KafkaError(
                    code: .invalidTopic,
                    reason: "The topic \(topic.name) can't be created: \(String(cBuffer: text))")
            }
            pointers.append(pointer)
            for (name, value) in topic.properties {
                try KafkaError.check(
                    rd_kafka_NewTopic_set_config(pointer, name, value),
                    "The property \(name) of the topic \(topic.name) can't be set")
            }
        }
    }

    deinit { for pointer in pointers { rd_kafka_NewTopic_destroy(pointer) } }

    /// Lends the objects to C.
    mutating func withPointers<Value>(
        _ body: (UnsafeMutablePointer<OpaquePointer?>?, Int) -> Value
    ) -> Value {
        let count = pointers.count
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress, count) }
    }
}
