// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Questions about topics. Each blocks for up to its time: only for ``BlockingCalls``.
extension ClientHandle {
    /// Describes one topic, or throws its error.
    func describe(
        topic: String, within time: Duration
    ) throws(KafkaError) -> KafkaTopicDescription {
        try topic.checkTopic()
        return try withClient { client throws(KafkaError) in
            guard let handle = rd_kafka_topic_new(client, topic, nil) else {
                throw KafkaError(rd_kafka_last_error(), "The topic \(topic) can't be used")
            }
            defer { rd_kafka_topic_destroy(handle) }
            let topics = try Self.metadata(client, topic: handle, within: time)
            guard let description = topics.first(where: { $0.description.name == topic }) else {
                throw KafkaError(
                    RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "The topic \(topic) is not there")
            }
            try KafkaError.check(description.error, "The topic \(topic) can't be described")
            return description.description
        }
    }

    /// Describes all topics that the client may see, by name.
    func describeAllTopics(within time: Duration) throws(KafkaError) -> [KafkaTopicDescription] {
        try withClient { client throws(KafkaError) in
            try Self.metadata(client, topic: nil, within: time).map(\.description)
                .sorted { $0.name < $1.name }
        }
    }

    private struct Answer {
        let error: rd_kafka_resp_err_t
        let description: KafkaTopicDescription
    }

    private static func metadata(
        _ client: OpaquePointer, topic: OpaquePointer?, within time: Duration
    ) throws(KafkaError) -> [Answer] {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let error = rd_kafka_metadata(
            client, topic == nil ? 1 : 0, topic, &metadata, time.milliseconds)
        try KafkaError.check(error, "The cluster can't be asked for its topics")
        guard let metadata else { return [] }
        defer { rd_kafka_metadata_destroy(metadata) }
        return UnsafeBufferPointer(
            start: metadata.pointee.topics, count: Int(metadata.pointee.topic_cnt)
        ).map(answer)
    }

    private static func answer(_ topic: rd_kafka_metadata_topic) -> Answer {
        let partitions = UnsafeBufferPointer(
            start: topic.partitions, count: Int(topic.partition_cnt)
        ).map { partition in
            KafkaTopicDescription.Partition(
                number: partition.id, leader: partition.leader < 0 ? nil : partition.leader,
                replicas: Array(
                    UnsafeBufferPointer(
                        start: partition.replicas, count: Int(partition.replica_cnt))))
        }
        return Answer(
            error: topic.err,
            description: KafkaTopicDescription(
                name: topic.topic.map { String(cString: $0) } ?? "",
                partitions: partitions.sorted { $0.number < $1.number }))
    }
}
