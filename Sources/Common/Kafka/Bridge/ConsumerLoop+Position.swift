// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// What changes where, and whether, assigned partitions are read.
extension ConsumerLoop {
    /// How long librdkafka may take to move to another offset.
    private static let seekTime = Duration.seconds(5)

    /// Stops delivering partitions at once; what has been fetched of them is kept.
    func pause(_ partitions: Set<KafkaTopicPartition>) throws(KafkaError) {
        try checkAssigned(partitions)
        try consumer.handle.withClient { client throws(KafkaError) in
            for partition in partitions where held[partition] == nil {
                consumer.feed.disconnect(partition, of: client)
                var records = RecordQueue()
                for record in consumer.buffer.take([partition]) { records.append(record) }
                for record in resumed.removeAll(where: { $0.topicPartition == partition }) {
                    records.append(record)
                }
                held[partition] = records
            }
        }
    }

    /// Goes on delivering partitions, what was kept of them first.
    func resume(_ partitions: Set<KafkaTopicPartition>) throws(KafkaError) {
        try checkAssigned(partitions)
        try consumer.handle.withClient { client throws(KafkaError) in
            for partition in partitions {
                guard var records = held.removeValue(forKey: partition) else { continue }
                while let record = records.popFirst() { resumed.append(record) }
                consumer.feed.connect(partition, of: client)
            }
        }
    }

    /// Goes on reading at other offsets; nothing read before is delivered after this.
    func seek(_ offsets: [(KafkaTopicPartition, Int64)]) throws(KafkaError) {
        let partitions = Set(offsets.map(\.0))
        try checkAssigned(partitions)
        let list = try TopicPartitionList(offsets: offsets)
        try consumer.handle.withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                let milliseconds = Self.seekTime.milliseconds
                if let error = rd_kafka_seek_partitions(client, pointer, milliseconds) {
                    throw KafkaError(consuming: error, "The offset can't be changed")
                }
            }
        }
        try list.check("The offset can't be changed")
        // What still waits in librdkafka's queues is known to it as outdated, and never comes.
        dropRecords(of: partitions)
    }

    /// Drops what is kept of partitions on this side of librdkafka; a pause stays.
    func dropRecords(of partitions: Set<KafkaTopicPartition>) {
        _ = consumer.buffer.take(partitions)
        _ = resumed.removeAll { partitions.contains($0.topicPartition) }
        for partition in partitions where held[partition] != nil {
            held[partition] = RecordQueue()
        }
    }

    private func checkAssigned(_ partitions: Set<KafkaTopicPartition>) throws(KafkaError) {
        guard let partition = partitions.subtracting(assigned).first else { return }
        throw KafkaError(code: .notAssigned, reason: "\(partition) is not assigned.")
    }
}
