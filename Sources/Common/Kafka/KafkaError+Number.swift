// SPDX-License-Identifier: Apache-2.0

extension KafkaError {
    /// Holds the error number of librdkafka (negative) or of the Kafka protocol (positive).
    ///
    /// Source: `rd_kafka_resp_err_t` in `rdkafka.h`; the Kafka protocol guide, "Error Codes".
    public struct Number: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The number itself.
        public let rawValue: Int32

        /// Wraps a number.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// The name that librdkafka gives it, such as `_TRANSPORT`.
        public var description: String { name }

        /// The connection to a broker broke; a mock cluster that is told to answer it disconnects.
        public static let transport = Self(rawValue: -195)
        /// The client has died: the underlying number is lost.
        public static let fatal = Self(rawValue: -150)
        /// The topic or partition does not exist on the broker.
        public static let unknownTopicOrPartition = Self(rawValue: 3)
        /// The partition has no leader now.
        public static let leaderNotAvailable = Self(rawValue: 5)
        /// The broker asked is not the partition's leader.
        public static let notLeaderForPartition = Self(rawValue: 6)
        /// The broker did not finish the request in time.
        public static let requestTimedOut = Self(rawValue: 7)
        /// The message is larger than the broker allows.
        public static let messageSizeTooLarge = Self(rawValue: 10)
        /// The client may not use the topic.
        public static let topicAuthorizationFailed = Self(rawValue: 29)
        /// The idempotent producer's messages came out of order, which ends it.
        public static let outOfOrderSequence = Self(rawValue: 45)
        /// A newer producer has taken this one's place.
        public static let invalidProducerEpoch = Self(rawValue: 47)
    }
}
