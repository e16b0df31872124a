// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Questions to the cluster. Each blocks for up to its time: only for ``BlockingCalls``.
extension ClientHandle {
    /// Asks for the first and the next offset of a partition.
    func watermarks(
        of place: KafkaTopicPartition, within time: Duration
    ) throws(KafkaError) -> KafkaWatermarks {
        try place.topic.checkTopic()
        return try withClient { client throws(KafkaError) in
            var low: Int64 = 0
            var high: Int64 = 0
            let error = rd_kafka_query_watermark_offsets(
                client, place.topic, place.partition, &low, &high, time.milliseconds)
            try KafkaError.check(error, "The offsets of \(place) can't be asked for")
            return KafkaWatermarks(low: low, high: high)
        }
    }

    /// Turns "beginning" and "end" into the offsets that they are now, all in one request a broker.
    ///
    /// A lookup by time answers them for the protocol's own special times, −2 and −1, which are
    /// librdkafka's logical offsets too (Kafka protocol guide, ListOffsets).
    func resolve(
        _ assignments: [KafkaPartitionAssignment], within time: Duration
    ) throws(KafkaError) -> [(KafkaTopicPartition, Int64)] {
        var resolved: [(KafkaTopicPartition, Int64)] = []
        var logical: [(KafkaTopicPartition, Int64)] = []
        for assignment in assignments {
            switch assignment.start {
            case .offset(let offset) where offset < 0:
                throw KafkaError(
                    code: .invalidArgument, reason: "The offset \(offset) is negative.")
            case .offset(let offset): resolved.append((assignment.topicPartition, offset))
            case .beginning:
                logical.append((assignment.topicPartition, Int64(RD_KAFKA_OFFSET_BEGINNING)))
            case .end: logical.append((assignment.topicPartition, Int64(RD_KAFKA_OFFSET_END)))
            }
        }
        guard !logical.isEmpty else { return resolved }
        let list = try TopicPartitionList(offsets: logical)
        try withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                let error = rd_kafka_offsets_for_times(client, pointer, time.milliseconds)
                try KafkaError.check(error, "The offsets to start at can't be asked for")
            }
        }
        try list.check("The offset to start at can't be asked for")
        return resolved + list.entries.map { ($0.topicPartition, $0.offset) }
    }

    /// Asks for the group's progress: the offset to read next, where one is committed.
    func committed(
        _ partitions: Set<KafkaTopicPartition>, within time: Duration
    ) throws(KafkaError) -> [KafkaTopicPartition: Int64] {
        let list = try TopicPartitionList(partitions)
        try withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                let error = rd_kafka_committed(client, pointer, time.milliseconds)
                try KafkaError.check(error, "Committed offsets can't be asked for")
            }
        }
        try list.check("The committed offset can't be asked for")
        let known = list.entries.filter { $0.offset >= 0 }.map { ($0.topicPartition, $0.offset) }
        return Dictionary(known) { first, _ in first }
    }

    /// Commits what has been stored, and waits for the answer.
    ///
    /// By a queue of its own, because the synchronous call has no time limit.
    func commitStored(within time: Duration) throws(KafkaError) {
        try withClient { client throws(KafkaError) in
            guard let queue = rd_kafka_queue_new(client) else { throw .closed }
            defer { rd_kafka_queue_destroy(queue) }
            let error = rd_kafka_commit_queue(client, nil, queue, nil, nil)
            if error == RD_KAFKA_RESP_ERR__NO_OFFSET { return }
            try KafkaError.check(error, "Offsets can't be committed")
            guard let pointer = rd_kafka_queue_poll(queue, time.milliseconds) else {
                throw KafkaError(
                    code: .timedOut, reason: "The commit was not answered.", isRetriable: true)
            }
            let event = EventHandle(adopting: pointer)
            // Nothing was stored since the last commit.
            if event.errorNumber == RD_KAFKA_RESP_ERR__NO_OFFSET { return }
            try KafkaError.check(event.errorNumber, "Offsets can't be committed")
        }
    }

    /// Remembers an offset for the next commit; does not block.
    ///
    /// A partition that librdkafka has never met is refused like one that is no longer ours.
    func storeOffset(_ offset: Int64, of place: KafkaTopicPartition) throws(KafkaError) {
        let list = try TopicPartitionList(offsets: [(place, offset)])
        let error = try withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                rd_kafka_offsets_store(client, pointer)
            }
        }
        switch error {
        case RD_KAFKA_RESP_ERR__STATE, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            throw KafkaError(
                code: .notAssigned, reason: "The offset of \(place) can't be stored by us now.",
                number: KafkaError.Number(rawValue: error.rawValue))
        default:
            try KafkaError.check(error, "The offset of \(place) can't be stored")
            try list.check("The offset can't be stored")
        }
    }

    /// Names the topics to be read by the group.
    func subscribe(to topics: [String]) throws(KafkaError) {
        let list = try TopicPartitionList(topics: topics)
        try withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                try KafkaError.check(
                    rd_kafka_subscribe(client, pointer), "The group can't be joined")
            }
        }
    }
}
