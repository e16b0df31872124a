// SPDX-License-Identifier: Apache-2.0

extension KafkaError {
    /// Names a kind of failure.
    ///
    /// More may be added: switch with a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name in words, stable enough for a metric's label.
        public let description: String

        private init(_ description: String) { self.description = description }

        /// A property is unknown, or its value is refused.
        public static let invalidConfiguration = Self("invalid configuration")
        /// An argument can't be used, such as an empty topic or a negative offset.
        public static let invalidArgument = Self("invalid argument")
        /// The time allowed for the call or the message is over.
        public static let timedOut = Self("timed out")
        /// The calling task was cancelled; a message that was handed over may still be delivered.
        public static let cancelled = Self("cancelled")
        /// The client was closed before or during the call.
        public static let closed = Self("closed")
        /// The producer holds as many messages as it may.
        public static let queueFull = Self("queue full")
        /// The topic or partition does not exist.
        public static let unknownTopic = Self("unknown topic")
        /// A topic of that name is already there.
        public static let topicExists = Self("topic exists")
        /// The topic's name, partitions, replication or properties are refused.
        public static let invalidTopic = Self("invalid topic")
        /// No broker can be reached, or none leads the partition or group now.
        public static let brokerUnavailable = Self("broker unavailable")
        /// The broker does not believe who we are, or the TLS handshake failed.
        public static let authentication = Self("authentication failed")
        /// The broker knows us, and forbids it.
        public static let authorization = Self("not authorized")
        /// The message is larger than client or broker allow.
        public static let messageTooLarge = Self("message too large")
        /// The offset is not, or no longer, in the partition.
        public static let offsetOutOfRange = Self("offset out of range")
        /// The consumer does not own the partition now, or is not ready for the call.
        public static let notAssigned = Self("not assigned")
        /// The broker is too old for the call, or a mock cluster that lacks it.
        public static let unsupported = Self("unsupported")
        /// The inner client has died of an error that it can't overcome.
        public static let fatal = Self("fatal")
        /// The inner client is being replaced after a fatal error, which takes milliseconds.
        public static let restarting = Self("restarting")
        /// The process lacks memory or threads.
        public static let resourceExhausted = Self("resource exhausted")
        /// Anything else: see ``KafkaError/number``.
        public static let other = Self("other")
    }
}
