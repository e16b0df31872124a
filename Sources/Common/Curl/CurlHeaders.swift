// SPDX-License-Identifier: Apache-2.0

/// Header fields in the order they are sent or came, names compared without regard to case.
///
/// One name may stand several times. Values may be secrets, so `description` shows names only.
public struct CurlHeaders: Sendable, Equatable, RandomAccessCollection,
    ExpressibleByDictionaryLiteral, CustomStringConvertible
{
    /// One header field.
    public struct Field: Sendable, Equatable {
        /// The name, as written.
        public var name: String

        /// The value, without surrounding blanks when it came from a server.
        public var value: String

        /// Pairs a name with a value; nothing is checked before the request is performed.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    private var fields: [Field]

    /// Takes fields in their order.
    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// Takes a literal; unlike in a dictionary, a name may repeat and the order is kept.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// Always 0.
    public var startIndex: Int { fields.startIndex }

    /// The number of fields.
    public var endIndex: Int { fields.endIndex }

    /// The field at a place in the order.
    public subscript(position: Int) -> Field { fields[position] }

    /// The first value of a name; setting replaces every field of that name by one at the first
    /// one's place, or by none for `nil`.
    public subscript(name: String) -> String? {
        get { fields.first { Self.matches($0.name, name) }?.value }
        set {
            let place = fields.firstIndex { Self.matches($0.name, name) } ?? fields.endIndex
            fields.removeAll { Self.matches($0.name, name) }
            guard let newValue else { return }
            fields.insert(Field(name: name, value: newValue), at: place)
        }
    }

    /// All values of a name in their order; empty if there is none.
    public func values(of name: String) -> [String] {
        fields.filter { Self.matches($0.name, name) }.map(\.value)
    }

    /// Adds a field at the end, whatever stands there already under its name.
    public mutating func append(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The names alone.
    public var description: String {
        "[" + fields.map(\.name).joined(separator: ", ") + "]"
    }

    /// Continues the last field's value: an obsolete folded line (RFC 9112, section 5.2).
    mutating func extendLast(by value: String) {
        guard let last = fields.indices.last else { return }
        fields[last].value += (fields[last].value.isEmpty ? "" : " ") + value
    }

    private static func matches(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8) { lowercase($0) == lowercase($1) }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (65...90).contains(byte) ? byte | 0x20 : byte
    }
}
