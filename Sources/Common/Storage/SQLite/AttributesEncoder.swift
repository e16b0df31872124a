// SPDX-License-Identifier: Apache-2.0

import Storage

/// Writes a row's attributes as one JSON object: text, number, truth value and array for the four
/// types.
///
/// The mapping is unambiguous because each type of value has a JSON type of its own. Names and
/// elements of sets are sorted, so equal attributes are equal text.
struct AttributesEncoder {
    private var bytes: [UInt8] = []

    /// Encodes `attributes`; never fails.
    static func encode(_ attributes: [String: TableValue]) -> String {
        var encoder = AttributesEncoder()
        encoder.bytes.reserveCapacity(attributes.count * 32)
        encoder.append(attributes)
        return String(decoding: encoder.bytes, as: UTF8.self)
    }

    private mutating func append(_ attributes: [String: TableValue]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(name)
            bytes.append(UInt8(ascii: ":"))
            append(value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func append(_ value: TableValue) {
        switch value {
        case .string(let text): append(text)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .boolean(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .strings(let elements): append(elements)
        }
    }

    private mutating func append(_ elements: Set<String>) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements.sorted() {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.digit(byte >> 4))
                bytes.append(Self.digit(byte & 15))
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
