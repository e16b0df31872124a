// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// What changes the set of partitions that are read.
extension ConsumerLoop {
    /// Adds partitions to what is read, each from an absolute offset.
    func assign(_ offsets: [(KafkaTopicPartition, Int64)]) throws(KafkaError) {
        let list = try TopicPartitionList(offsets: offsets)
        try connect(offsets.map(\.0))
        try consumer.handle.withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                if let error = rd_kafka_incremental_assign(client, pointer) {
                    throw KafkaError(consuming: error, "Partitions can't be assigned")
                }
            }
        }
        assigned.formUnion(offsets.map(\.0))
    }

    /// Takes partitions out of what is read.
    func unassign(_ partitions: Set<KafkaTopicPartition>) throws(KafkaError) {
        let list = try TopicPartitionList(partitions)
        try consumer.handle.withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                if let error = rd_kafka_incremental_unassign(client, pointer) {
                    throw KafkaError(consuming: error, "Partitions can't be unassigned")
                }
            }
        }
        forget(partitions)
    }

    /// Does what the group says.
    func rebalance(_ event: borrowing EventHandle) {
        do throws(KafkaError) {
            try event.withPartitions { list throws(KafkaError) in
                switch event.errorNumber {
                case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS: try take(list)
                case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS: try giveBack(list)
                default:
                    report(KafkaError(event.errorNumber, "The group can't be balanced"))
                    try giveBack(nil)
                }
            }
        } catch {
            report(error)
        }
    }

    private func take(
        _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    ) throws(KafkaError) {
        let partitions = list.map { TopicPartitionList.partitions(of: $0) } ?? []
        try connect(partitions)
        try consumer.handle.withClient { client throws(KafkaError) in
            if Self.isCooperative(client) {
                if let error = rd_kafka_incremental_assign(client, list) {
                    throw KafkaError(consuming: error, "The group's partitions can't be assigned")
                }
            } else {
                let error = rd_kafka_assign(client, list)
                try KafkaError.check(error, "The group's partitions can't be assigned")
            }
        }
        assigned.formUnion(partitions)
        consumer.onEvent?(.assigned(partitions))
    }

    /// Hands partitions back, or all of them when the group names none.
    private func giveBack(
        _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    ) throws(KafkaError) {
        let partitions = list.map { TopicPartitionList.partitions(of: $0) } ?? Array(assigned)
        let isLost = try consumer.handle.withClient { client throws(KafkaError) in
            rd_kafka_assignment_lost(client) != 0
        }
        forget(Set(partitions))
        consumer.onEvent?(isLost ? .lost(partitions) : .revoked(partitions))
        try consumer.handle.withClient { client throws(KafkaError) in
            if let list, Self.isCooperative(client) {
                if let error = rd_kafka_incremental_unassign(client, list) {
                    throw KafkaError(consuming: error, "Partitions can't be handed back")
                }
            } else {
                let error = rd_kafka_assign(client, nil)
                try KafkaError.check(error, "Partitions can't be handed back")
            }
        }
    }

    /// Makes the partitions' records come to the feed, before the first of them can come.
    private func connect(_ partitions: [KafkaTopicPartition]) throws(KafkaError) {
        try consumer.handle.withClient { client throws(KafkaError) in
            for partition in partitions { consumer.feed.connect(partition, of: client) }
        }
    }

    /// Forgets partitions that go, and what is kept of them.
    private func forget(_ partitions: Set<KafkaTopicPartition>) {
        assigned.subtract(partitions)
        for partition in partitions { held[partition] = nil }
        dropRecords(of: partitions)
    }

    private static func isCooperative(_ client: OpaquePointer) -> Bool {
        rd_kafka_rebalance_protocol(client).map { String(cString: $0) } == "COOPERATIVE"
    }
}
