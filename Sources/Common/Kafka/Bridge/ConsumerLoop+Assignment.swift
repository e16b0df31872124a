// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// What changes the set of partitions that are read, and where and whether they are read.
extension ConsumerLoop {
    /// How long librdkafka may take to move to another offset.
    private static let seekTime = Duration.seconds(5)

    /// Adds partitions to what is read, each from an absolute offset.
    func assign(_ offsets: [(KafkaTopicPartition, Int64)]) throws(KafkaError) {
        let list = try TopicPartitionList(offsets: offsets)
        try consumer.handle.withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                if let error = rd_kafka_incremental_assign(client, pointer) {
                    throw KafkaError(consuming: error, "Partitions can't be assigned")
                }
            }
        }
        didAssign(Set(offsets.map(\.0)))
    }

    /// Takes partitions out of what is read.
    func unassign(_ partitions: Set<KafkaTopicPartition>) throws(KafkaError) {
        try willUnassign(partitions)
        let list = try TopicPartitionList(partitions)
        try consumer.handle.withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                if let error = rd_kafka_incremental_unassign(client, pointer) {
                    throw KafkaError(consuming: error, "Partitions can't be unassigned")
                }
            }
        }
    }

    /// Pauses or resumes by the user's wish, which outlasts a full buffer.
    func setUserPaused(
        _ isPaused: Bool, _ partitions: Set<KafkaTopicPartition>
    ) throws(KafkaError) {
        let unknown = partitions.subtracting(assigned)
        if let partition = unknown.first {
            throw KafkaError(code: .notAssigned, reason: "\(partition) is not assigned.")
        }
        // While everything is held, only the wish changes.
        if !isHeld { try setPaused(isPaused, partitions) }
        if isPaused { paused.formUnion(partitions) } else { paused.subtract(partitions) }
    }

    func setPaused(
        _ isPaused: Bool, _ partitions: Set<KafkaTopicPartition>
    ) throws(KafkaError) {
        guard !partitions.isEmpty else { return }
        let list = try TopicPartitionList(partitions)
        try consumer.handle.withClient { client throws(KafkaError) in
            try list.withPointer { pointer throws(KafkaError) in
                let error =
                    isPaused
                    ? rd_kafka_pause_partitions(client, pointer)
                    : rd_kafka_resume_partitions(client, pointer)
                try KafkaError.check(error, "Partitions can't be paused or resumed")
            }
        }
        try list.check("A partition can't be paused or resumed")
    }

    /// Goes on reading at other offsets; nothing read before is delivered after this.
    func seek(_ offsets: [(KafkaTopicPartition, Int64)]) throws(KafkaError) {
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
        consumer.buffer.drop(Set(offsets.map(\.0)))
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
        didAssign(Set(partitions))
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
        consumer.buffer.drop(Set(partitions))
        consumer.onEvent?(isLost ? .lost(partitions) : .revoked(partitions))
        try willUnassign(Set(partitions))
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

    private func didAssign(_ partitions: Set<KafkaTopicPartition>) {
        assigned.formUnion(partitions)
        if isHeld { pauseOrReport(partitions) }
    }

    /// Resumes what is paused before it goes: librdkafka would remember the pause, and start at the
    /// offset of that time should the partition ever come back.
    private func willUnassign(_ partitions: Set<KafkaTopicPartition>) throws(KafkaError) {
        let stopped = isHeld ? partitions : partitions.intersection(paused)
        assigned.subtract(partitions)
        paused.subtract(partitions)
        consumer.buffer.drop(partitions)
        try setPaused(false, stopped)
    }

    private static func isCooperative(_ client: OpaquePointer) -> Bool {
        rd_kafka_rebalance_protocol(client).map { String(cString: $0) } == "COOPERATIVE"
    }
}
