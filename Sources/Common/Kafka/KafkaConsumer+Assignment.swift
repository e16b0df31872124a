// SPDX-License-Identifier: Apache-2.0

extension KafkaConsumer {
    /// Adds partitions to those that are read; only without a group.
    ///
    /// "End" is asked of the brokers before this returns, so that nothing which is produced after
    /// it has returned can be missed. Throws `.unknownTopic` for a partition that does not exist,
    /// and `.timedOut` or `.brokerUnavailable` when the brokers do not answer within `time`; then
    /// nothing has been added. A partition can't be added twice.
    public func assign(
        _ assignments: [KafkaPartitionAssignment], within time: Duration = .seconds(10)
    ) async throws(KafkaError) {
        try requireGroup(false)
        guard !assignments.isEmpty else { return }
        let offsets = try await resolve(assignments, within: time)
        try await client.perform { loop throws(KafkaError) in try loop.assign(offsets) }
    }

    /// Adds every partition of these topics, which may still be about to be created.
    ///
    /// Waits for each topic as ``partitions(of:within:)`` does, then assigns them all at once.
    public func assign(
        allPartitionsOf topics: [String], from start: KafkaPartitionAssignment.Start,
        within time: Duration = .seconds(10)
    ) async throws(KafkaError) {
        let deadline = ContinuousClock.now + time
        var assignments: [KafkaPartitionAssignment] = []
        for topic in topics {
            let left = ContinuousClock.now.duration(to: deadline)
            for partition in try await partitions(of: topic, within: left) {
                assignments.append(
                    KafkaPartitionAssignment(topic: topic, partition: partition, start: start))
            }
        }
        try await assign(assignments, within: ContinuousClock.now.duration(to: deadline))
    }

    /// Takes partitions out of those that are read, and drops what is buffered of them; only
    /// without a group.
    public func unassign(_ partitions: Set<KafkaTopicPartition>) async throws(KafkaError) {
        try requireGroup(false)
        try await client.perform { loop throws(KafkaError) in try loop.unassign(partitions) }
    }

    /// Stops delivering these partitions, while the consumer stays in its group.
    ///
    /// None of their records is delivered after this returns until they are resumed; what has been
    /// fetched is kept. A pause ends with the assignment. Throws `.notAssigned` for a partition that
    /// is not read.
    public func pause(_ partitions: Set<KafkaTopicPartition>) async throws(KafkaError) {
        try await client.perform { loop throws(KafkaError) in try loop.pause(partitions) }
    }

    /// Goes on delivering partitions where they were paused; nothing is lost or repeated.
    public func resume(_ partitions: Set<KafkaTopicPartition>) async throws(KafkaError) {
        try await client.perform { loop throws(KafkaError) in try loop.resume(partitions) }
    }

    /// Goes on reading at other places; no record read before is delivered after this returns.
    ///
    /// Throws `.notAssigned` for a partition that is not read, or whose reading has not begun.
    public func seek(
        to places: [KafkaPartitionAssignment], within time: Duration = .seconds(10)
    ) async throws(KafkaError) {
        guard !places.isEmpty else { return }
        let offsets = try await resolve(places, within: time)
        try await client.perform { loop throws(KafkaError) in try loop.seek(offsets) }
    }

    /// The partitions that are read now.
    public var assignment: Set<KafkaTopicPartition> {
        get async throws(KafkaError) {
            try await client.perform { loop throws(KafkaError) in loop.assigned }
        }
    }

    private func resolve(
        _ assignments: [KafkaPartitionAssignment], within time: Duration
    ) async throws(KafkaError) -> [(KafkaTopicPartition, Int64)] {
        try await BlockingCalls.run { [handle = client.handle] () throws(KafkaError) in
            try handle.resolve(assignments, within: time)
        }
    }

    func requireGroup(_ isRequired: Bool) throws(KafkaError) {
        guard (client.configuration.group != nil) == isRequired else {
            throw KafkaError(
                code: .invalidArgument,
                reason: isRequired
                    ? "This consumer has no group."
                    : "This consumer's group assigns its partitions.")
        }
    }
}
