// SPDX-License-Identifier: Apache-2.0
import CRdKafka

extension KafkaMockCluster {
    /// Creates a topic.
    ///
    /// Throws `.topicExists` when it is there already.
    public func createTopic(
        _ name: String, partitions: Int, replicationFactor: Int = 1
    ) async throws(KafkaError) {
        try name.checkTopic()
        guard let partitions = Int32(exactly: partitions), partitions > 0,
            let replicationFactor = Int32(exactly: replicationFactor), replicationFactor > 0
        else {
            throw KafkaError(
                code: .invalidTopic, reason: "The topic \(name) needs partitions and replicas.")
        }
        try await client.perform("The topic \(name) can't be created") {
            rd_kafka_mock_topic_create($0, name, partitions, replicationFactor)
        }
    }

    /// Disconnects a broker's clients and refuses new ones; `nil` is every broker.
    ///
    /// What the broker holds is kept, and nobody else becomes a leader in its place. Not while
    /// another thread may start a process: librdkafka 2.0.2 closes the broker's port and binds it
    /// anew, and aborts where a forked child still has it.
    public func takeDown(broker: Int32? = nil) async throws(KafkaError) {
        try await client.perform("The broker can't be taken down") {
            rd_kafka_mock_broker_set_down($0, broker ?? Self.everyBroker)
        }
    }

    /// Lets a broker accept clients again; `nil` is every broker.
    public func bringUp(broker: Int32? = nil) async throws(KafkaError) {
        try await client.perform("The broker can't be brought up") {
            rd_kafka_mock_broker_set_up($0, broker ?? Self.everyBroker)
        }
    }

    /// Makes the next requests of a kind fail, one with each error, in this order.
    ///
    /// ``KafkaError/Number/transport`` closes the connection instead of answering.
    public func failNextRequests(
        _ kind: KafkaRequestKind, with errors: [KafkaError.Number]
    ) async throws(KafkaError) {
        let numbers = errors.map { rd_kafka_resp_err_t($0.rawValue) }
        try await client.perform("Errors can't be prepared") { cluster in
            rd_kafka_mock_push_request_errors_array(cluster, kind.rawValue, numbers.count, numbers)
            return RD_KAFKA_RESP_ERR_NO_ERROR
        }
    }

    /// Forgets the errors that are still prepared for a kind of request.
    public func clearFailures(of kind: KafkaRequestKind) async throws(KafkaError) {
        try await client.perform("Errors can't be cleared") { cluster in
            rd_kafka_mock_clear_request_errors(cluster, kind.rawValue)
            return RD_KAFKA_RESP_ERR_NO_ERROR
        }
    }

    /// Makes a broker the coordinator of a group.
    public func setCoordinator(ofGroup group: String, broker: Int32) async throws(KafkaError) {
        try await client.perform("The coordinator can't be set") {
            rd_kafka_mock_coordinator_set($0, "group", group, broker)
        }
    }

    /// Makes a broker the leader of a partition; `nil` leaves it without one.
    public func setLeader(
        of partition: KafkaTopicPartition, broker: Int32?
    ) async throws(KafkaError) {
        try partition.topic.checkTopic()
        try await client.perform("The leader of \(partition) can't be set") {
            rd_kafka_mock_partition_set_leader(
                $0, partition.topic, partition.partition, broker ?? Self.noBroker)
        }
    }

    /// Delays a broker's answers; `nil` is every broker.
    public func setRoundTripTime(
        _ time: Duration, broker: Int32? = nil
    ) async throws(KafkaError) {
        try await client.perform("The round trip time can't be set") {
            rd_kafka_mock_broker_set_rtt($0, broker ?? Self.everyBroker, time.milliseconds)
        }
    }

    private static let everyBroker: Int32 = -1
    private static let noBroker: Int32 = -1
}
