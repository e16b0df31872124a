// SPDX-License-Identifier: Apache-2.0
import CRdKafka

extension KafkaError.Number {
    /// The name in librdkafka's own table, which is static memory.
    var name: String {
        rd_kafka_err2name(rd_kafka_resp_err_t(rawValue)).map { String(cString: $0) }
            ?? "\(rawValue)"
    }

    /// The sentence in librdkafka's own table.
    fileprivate var sentence: String {
        rd_kafka_err2str(rd_kafka_resp_err_t(rawValue)).map { String(cString: $0) } ?? "\(rawValue)"
    }
}

extension KafkaError {
    /// Translates librdkafka's number; `what` says which of our calls it ended.
    init(
        _ error: rd_kafka_resp_err_t, _ what: String, detail: String? = nil,
        isRetriable: Bool? = nil, isFatal: Bool = false
    ) {
        let number = Number(rawValue: error.rawValue)
        let code = isFatal ? Code.fatal : Code(error)
        self.init(
            code: code, reason: "\(what): \(detail ?? number.sentence)", number: number,
            isRetriable: isRetriable ?? (!isFatal && Self.retriableCodes.contains(code)),
            isFatal: isFatal || error == RD_KAFKA_RESP_ERR__FATAL)
    }

    /// Translates and frees one of librdkafka's error objects.
    init(consuming error: OpaquePointer, _ what: String) {
        defer { rd_kafka_error_destroy(error) }
        self.init(
            rd_kafka_error_code(error), what,
            detail: rd_kafka_error_string(error).map { String(cString: $0) },
            isRetriable: rd_kafka_error_is_retriable(error) != 0 ? true : nil,
            isFatal: rd_kafka_error_is_fatal(error) != 0)
    }

    /// Throws unless librdkafka says that all went well.
    static func check(
        _ error: rd_kafka_resp_err_t, _ what: @autoclosure () -> String
    ) throws(KafkaError) {
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(error, what()) }
    }

    private static let retriableCodes: Set<Code> = [.timedOut, .queueFull, .brokerUnavailable]

    /// The failure of every call on a client that has been closed.
    static let closed = KafkaError(code: .closed, reason: "The client is closed.")

    /// The failure of messages that a client took with it before it said what it died of.
    static let died = KafkaError(
        code: .fatal, reason: "The producer died with the message.", isFatal: true)

    /// The failure of every call whose task was cancelled.
    static let cancelled = KafkaError(
        code: .cancelled, reason: "The task that waited was cancelled.", isRetriable: true)
}

extension KafkaError.Code {
    fileprivate init(_ error: rd_kafka_resp_err_t) {
        switch error {
        case RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
            RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
            self = .timedOut
        case RD_KAFKA_RESP_ERR__QUEUE_FULL: self = .queueFull
        case RD_KAFKA_RESP_ERR__DESTROY, RD_KAFKA_RESP_ERR__PURGE_QUEUE,
            RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
            self = .closed
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
            RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
            self = .unknownTopic
        case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: self = .topicExists
        case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, RD_KAFKA_RESP_ERR_INVALID_PARTITIONS,
            RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR, RD_KAFKA_RESP_ERR_INVALID_CONFIG,
            RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
            self = .invalidTopic
        case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
            RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__WAIT_COORD,
            RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
            RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
            RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
            RD_KAFKA_RESP_ERR_NOT_CONTROLLER, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
            RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND, RD_KAFKA_RESP_ERR__NODE_UPDATE:
            self = .brokerUnavailable
        case RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR__SSL,
            RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,
            RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE:
            self = .authentication
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
            self = .authorization
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
            self = .messageTooLarge
        case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
            self = .offsetOutOfRange
        case RD_KAFKA_RESP_ERR__STATE, RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST,
            RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION,
            RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
            self = .notAssigned
        case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED,
            RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
            self = .unsupported
        case RD_KAFKA_RESP_ERR__INVALID_ARG: self = .invalidArgument
        case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
            RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH,
            RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
            self = .fatal
        case RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE: self = .resourceExhausted
        default: self = .other
        }
    }
}
