// SPDX-License-Identifier: Apache-2.0

extension KafkaConsumer {
    /// Asks for a topic's partitions, by rising number; waits while the topic is not there yet.
    ///
    /// Throws `.unknownTopic` when it still is not there after `time`, or what else kept the
    /// brokers from answering.
    public func partitions(
        of topic: String, within time: Duration = .seconds(10)
    ) async throws(KafkaError) -> [Int32] {
        try await TopicLookup.describe(topic, by: client.handle, within: time).partitions
            .map(\.number)
    }

    /// Asks for the first and the next offset of a partition.
    public func watermarks(
        of partition: KafkaTopicPartition, within time: Duration = .seconds(10)
    ) async throws(KafkaError) -> KafkaWatermarks {
        try await BlockingCalls.run { [handle = client.handle] () throws(KafkaError) in
            try handle.watermarks(of: partition, within: time)
        }
    }
}
