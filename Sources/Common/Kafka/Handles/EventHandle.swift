// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Owns one event taken from a client's queue; what it lends lives no longer than it does.
struct EventHandle: ~Copyable {
    enum Kind { case deliveries, record, rebalance, error, log, other }

    private let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    deinit { rd_kafka_event_destroy(pointer) }

    var kind: Kind {
        switch rd_kafka_event_type(pointer) {
        case RD_KAFKA_EVENT_DR: .deliveries
        case RD_KAFKA_EVENT_FETCH: .record
        case RD_KAFKA_EVENT_REBALANCE: .rebalance
        case RD_KAFKA_EVENT_ERROR: .error
        case RD_KAFKA_EVENT_LOG: .log
        default: .other
        }
    }

    /// The number of an error or rebalance event.
    var errorNumber: rd_kafka_resp_err_t { rd_kafka_event_error(pointer) }

    /// The text of an error event.
    var errorText: String? { rd_kafka_event_error_string(pointer).map { String(cString: $0) } }

    /// Whether an error event says that the client has died.
    var isFatal: Bool { rd_kafka_event_error_is_fatal(pointer) != 0 }

    /// Calls `body` with every message of a delivery or record event.
    func forEachMessage(_ body: (UnsafePointer<rd_kafka_message_t>) -> Void) {
        while let message = rd_kafka_event_message_next(pointer) { body(message) }
    }

    /// Lends the partitions of a rebalance event.
    func withPartitions<Value>(
        _ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) throws(KafkaError) -> Value
    ) throws(KafkaError) -> Value {
        try body(rd_kafka_event_topic_partition_list(pointer))
    }

    /// The line of a log event: syslog's severity, librdkafka's facility, the text.
    var logLine: (severity: Int32, facility: String, text: String)? {
        var severity: Int32 = 0
        var facility: UnsafePointer<CChar>?
        var text: UnsafePointer<CChar>?
        guard rd_kafka_event_log(pointer, &facility, &text, &severity) == 0, let facility, let text
        else { return nil }
        return (severity, String(cString: facility), String(cString: text))
    }
}

extension EventHandle {
    /// Reads the answer to a creation of topics: the refusals by name.
    func topicRefusals() throws(KafkaError) -> [String: KafkaError] {
        guard errorNumber == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(errorNumber, "Topics can't be created", detail: errorText)
        }
        guard let result = rd_kafka_event_CreateTopics_result(pointer) else {
            throw KafkaError(code: .other, reason: "The creation of topics has no result.")
        }
        var count = 0
        let topics = rd_kafka_CreateTopics_result_topics(result, &count)
        var refusals: [String: KafkaError] = [:]
        for topic in UnsafeBufferPointer(start: topics, count: count) {
            let error = rd_kafka_topic_result_error(topic)
            guard error != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            let name = rd_kafka_topic_result_name(topic).map { String(cString: $0) } ?? ""
            refusals[name] = KafkaError(
                error, "The topic \(name) was not created",
                detail: rd_kafka_topic_result_error_string(topic).map { String(cString: $0) })
        }
        return refusals
    }
}
