// SPDX-License-Identifier: Apache-2.0
import CRdKafka

extension ClientHandle {
    /// Creates topics and returns the refusals by name.
    ///
    /// Blocks: only for ``BlockingCalls``.
    func createTopics(
        _ topics: [KafkaTopicSpecification], within time: Duration
    ) throws(KafkaError) -> [String: KafkaError] {
        var list = try NewTopicList(topics)
        return try withClient { client throws(KafkaError) in
            // A queue of its own: the answer comes here and nowhere else.
            guard let queue = rd_kafka_queue_new(client) else { throw .closed }
            defer { rd_kafka_queue_destroy(queue) }
            let options = rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS)
            defer { rd_kafka_AdminOptions_destroy(options) }
            try Self.setTimes(options, time)
            list.withPointers { pointers, count in
                rd_kafka_CreateTopics(client, pointers, count, options, queue)
            }
            // librdkafka ends the request by itself when the time is over; the second is for that.
            guard let pointer = rd_kafka_queue_poll(queue, (time + .seconds(1)).milliseconds) else {
                throw KafkaError(
                    code: .timedOut, reason: "The creation of topics was not answered.",
                    isRetriable: true)
            }
            return try EventHandle(adopting: pointer).topicRefusals()
        }
    }

    /// How long the request may take, and how long the controller may take over the topics.
    private static func setTimes(_ options: OpaquePointer?, _ time: Duration) throws(KafkaError) {
        var text = [CChar](repeating: 0, count: 512)
        let milliseconds = max(1, time.milliseconds)
        for set in [
            rd_kafka_AdminOptions_set_request_timeout, rd_kafka_AdminOptions_set_operation_timeout,
        ] {
            let error = set(options, milliseconds, &text, text.count)
            guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaError(
                    error, "The time of an admin request can't be set",
                    detail: String(cBuffer: text))
            }
        }
    }
}
