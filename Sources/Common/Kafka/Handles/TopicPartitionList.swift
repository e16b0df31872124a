// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Owns a `rd_kafka_topic_partition_list_t`, by which librdkafka takes and answers partitions.
///
/// Used by one thread at a time; never kept.
struct TopicPartitionList: ~Copyable {
    /// One entry: what was asked for and, after a call, its answer.
    struct Entry {
        let topicPartition: KafkaTopicPartition
        let offset: Int64
        let error: rd_kafka_resp_err_t
    }

    private let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    /// Lists partitions without offsets.
    init(_ partitions: some Collection<KafkaTopicPartition>) throws(KafkaError) {
        try self.init(offsets: partitions.map { ($0, Int64(RD_KAFKA_OFFSET_INVALID)) })
    }

    /// Lists partitions with an offset each, which may be one of librdkafka's logical ones.
    init(offsets: [(KafkaTopicPartition, Int64)]) throws(KafkaError) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count))
        for (place, offset) in offsets {
            try place.topic.checkTopic()
            guard place.partition >= 0 else {
                throw KafkaError(
                    code: .invalidArgument, reason: "The partition \(place) can't exist.")
            }
            rd_kafka_topic_partition_list_add(pointer, place.topic, place.partition).pointee
                .offset = offset
        }
    }

    /// Lists topics as a whole, for a subscription.
    init(topics: [String]) throws(KafkaError) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: topics.count))
        for topic in topics {
            try topic.checkTopic()
            rd_kafka_topic_partition_list_add(pointer, topic, RD_KAFKA_PARTITION_UA)
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    /// Lends the list to C.
    func withPointer<Value>(
        _ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) throws(KafkaError) -> Value
    ) throws(KafkaError) -> Value {
        try body(pointer)
    }

    /// What the list says now.
    var entries: [Entry] { Self.entries(of: pointer) }

    /// Throws the first entry's error, naming its partition.
    func check(_ what: String) throws(KafkaError) {
        for entry in entries {
            try KafkaError.check(entry.error, "\(what) (\(entry.topicPartition))")
        }
    }

    /// Names the partitions of a list that C lends.
    static func partitions(
        of pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
    ) -> [KafkaTopicPartition] {
        entries(of: pointer).map(\.topicPartition)
    }

    private static func entries(
        of pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
    ) -> [Entry] {
        UnsafeBufferPointer(start: pointer.pointee.elems, count: Int(pointer.pointee.cnt)).map {
            Entry(
                topicPartition: KafkaTopicPartition(
                    topic: $0.topic.map { String(cString: $0) } ?? "", partition: $0.partition),
                offset: $0.offset, error: $0.err)
        }
    }
}
