// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Turns values into JSON text and back, the same way everywhere: sorted members, plain slashes.
public enum JSONText {
    /// The value as UTF-8 JSON with sorted members on one line.
    ///
    /// - Throws: `EncodingError` when the value can't be said in JSON (a number that isn't finite).
    public static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// The value as JSON text; see ``bytes(_:)``.
    ///
    /// - Throws: `EncodingError` when the value can't be said in JSON.
    public static func string(_ value: some Encodable) throws -> String {
        String(decoding: try bytes(value), as: UTF8.self)
    }

    /// Reads a value from UTF-8 JSON.
    ///
    /// - Throws: `DecodingError` when it is not JSON, or not of that form.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: some Sequence<UInt8>
    ) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    /// Reads a value from JSON text.
    ///
    /// - Throws: `DecodingError` when it is not JSON, or not of that form.
    public static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws
        -> Value
    {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
