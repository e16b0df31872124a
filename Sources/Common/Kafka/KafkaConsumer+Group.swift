// SPDX-License-Identifier: Apache-2.0

extension KafkaConsumer {
    /// Joins the configured group for these topics; calling it again changes the topics.
    ///
    /// Returns at once; ``KafkaConsumerEvent/assigned(_:)`` tells what the group gave. A topic that
    /// begins with `^` is a pattern. Without a committed offset a partition is read as
    /// `auto.offset.reset` says (here by default from the beginning).
    public func subscribe(to topics: [String]) async throws(KafkaError) {
        try requireGroup(true)
        try await client.perform { loop throws(KafkaError) in
            try loop.consumer.handle.subscribe(to: topics)
        }
    }

    /// Marks a record as done: the group goes on behind it should this consumer end.
    ///
    /// Marked records are committed every five seconds (`auto.commit.interval.ms`), when partitions
    /// are handed back, by ``commit(within:)`` and by ``close()``. Mark after the effect, and every
    /// record is handled at least once. Throws `.notAssigned` when the partition now belongs to
    /// somebody else. Does not block.
    public func storeOffset(of record: KafkaRecord) throws(KafkaError) {
        try requireGroup(true)
        try client.handle.storeOffset(record.offset + 1, of: record.topicPartition)
    }

    /// Commits everything that is marked, and waits for the group's answer.
    public func commit(within time: Duration = .seconds(10)) async throws(KafkaError) {
        try requireGroup(true)
        try await BlockingCalls.run { [handle = client.handle] () throws(KafkaError) in
            try handle.commitStored(within: time)
        }
    }

    /// Asks for the group's progress: for each partition with a commit, the offset to read next.
    public func committedOffsets(
        of partitions: Set<KafkaTopicPartition>, within time: Duration = .seconds(10)
    ) async throws(KafkaError) -> [KafkaTopicPartition: Int64] {
        try requireGroup(true)
        return try await BlockingCalls.run {
            [handle = client.handle] () throws(KafkaError) in
            try handle.committed(partitions, within: time)
        }
    }
}
