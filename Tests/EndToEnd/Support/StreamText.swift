// SPDX-License-Identifier: Apache-2.0

/// The text of a stream of Server-Sent Events, read strictly: only what the contract allows.
struct StreamText {
    /// One event, as its three lines.
    struct Frame: Hashable {
        let id: String
        let event: String
        let data: String
    }

    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    /// The complete events; what was cut off at the end is left out, as is a keepalive.
    let frames: [Frame]

    /// Reads a stream from its first byte, wherever it was cut.
    init(_ bytes: some Collection<UInt8>) throws {
        // A cut may split a line, and a character: only what stands before the last empty line
        // counts.
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .dropLast()
        let blocks = lines.split(omittingEmptySubsequences: false, whereSeparator: \.isEmpty)
            .dropLast()
        let texts = try blocks.map { lines in
            try lines.map { line in
                guard let text = String(validating: line, as: UTF8.self) else {
                    throw Violation(description: "Not UTF-8: \(Array(line))")
                }
                return text
            }
        }
        if let first = texts.first, first != ["retry: 2000"] {
            throw Violation(description: "The stream begins with \(first)")
        }
        frames = try texts.dropFirst().compactMap(Self.frame)
    }

    private static func frame(_ lines: [String]) throws -> Frame? {
        if lines == ["event: keepalive", "data: {}"] { return nil }
        guard lines.count == 3, lines[0].hasPrefix("id: "), lines[1].hasPrefix("event: "),
            lines[2].hasPrefix("data: ")
        else { throw Violation(description: "No event: \(lines)") }
        return Frame(
            id: String(lines[0].dropFirst(4)), event: String(lines[1].dropFirst(7)),
            data: String(lines[2].dropFirst(6)))
    }
}
