// SPDX-License-Identifier: Apache-2.0

import Storage

/// Reads what ``AttributesEncoder`` wrote, and nothing else: anything different is `corrupt`.
///
/// A general JSON decoder would cost several times as much on the path of every read.
struct AttributesDecoder {
    private let bytes: [UInt8]
    private var position = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// Decodes the attributes of one row.
    static func decode(_ text: String) throws(TableError) -> [String: TableValue] {
        var decoder = AttributesDecoder(text)
        let attributes = try decoder.attributes()
        guard decoder.position == decoder.bytes.count else { throw Self.corrupt }
        return attributes
    }

    private static let corrupt = TableError(.corrupt, "a row's attributes can't be read")

    private mutating func attributes() throws(TableError) -> [String: TableValue] {
        var attributes: [String: TableValue] = [:]
        try expect("{")
        if accept("}") { return attributes }
        repeat {
            let name = try text()
            try expect(":")
            attributes[name] = try value()
        } while accept(",")
        try expect("}")
        return attributes
    }

    private mutating func value() throws(TableError) -> TableValue {
        guard position < bytes.count else { throw Self.corrupt }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "["): return .strings(try elements())
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean(try truth())
        default: return .integer(try number())
        }
    }

    private mutating func elements() throws(TableError) -> Set<String> {
        var elements: Set<String> = []
        try expect("[")
        repeat { elements.insert(try text()) } while accept(",")
        try expect("]")
        return elements
    }

    private mutating func truth() throws(TableError) -> Bool {
        guard let truth = Bool(word()) else { throw Self.corrupt }
        return truth
    }

    private mutating func number() throws(TableError) -> Int64 {
        guard let number = Int64(word()) else { throw Self.corrupt }
        return number
    }

    /// Takes everything up to the next mark of punctuation.
    private mutating func word() -> String {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","),
            bytes[position] != UInt8(ascii: "}")
        {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func text() throws(TableError) -> String {
        try expect("\"")
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            case UInt8(ascii: "\\"):
                return try escapedText(from: start)
            default:
                position += 1
            }
        }
        throw Self.corrupt
    }

    /// Goes on with a text at its first escape.
    private mutating func escapedText(from start: Int) throws(TableError) -> String {
        var content = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"): content.append(try escape())
            default: content.append(byte)
            }
        }
        throw Self.corrupt
    }

    private mutating func escape() throws(TableError) -> UInt8 {
        if accept("\"") { return UInt8(ascii: "\"") }
        if accept("\\") { return UInt8(ascii: "\\") }
        try expect("u")
        let end = position + 4
        guard end <= bytes.count,
            let scalar = UInt8(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
        else { throw Self.corrupt }
        position = end
        return scalar
    }

    private mutating func accept(_ mark: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(TableError) {
        if !accept(mark) { throw Self.corrupt }
    }
}
