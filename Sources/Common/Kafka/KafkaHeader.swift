// SPDX-License-Identifier: Apache-2.0

/// Carries one named piece of metadata beside a message's key and value.
public struct KafkaHeader: Sendable, Hashable {
    /// The name; a message may carry the same one several times.
    ///
    /// It ends at the first NUL.
    public var name: String

    /// The bytes, or `nil`, which Kafka tells from empty.
    public var value: [UInt8]?

    /// Pairs a name with bytes.
    public init(name: String, value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// Pairs a name with text, sent as UTF-8.
    public init(name: String, text: String) {
        self.init(name: name, value: Array(text.utf8))
    }

    /// The value as text, where bytes that are not UTF-8 read as U+FFFD; `nil` without a value.
    public var text: String? { value.map { String(decoding: $0, as: UTF8.self) } }
}
