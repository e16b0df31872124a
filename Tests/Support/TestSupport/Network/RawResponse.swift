// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The beginning of an HTTP/1.1 answer, as far as it was received.
public struct RawResponse: Sendable {
    /// The status; 0 before the head is complete.
    public let status: Int
    /// The header fields by name in lower case.
    public let headers: [String: String]
    /// The body so far, out of its chunks.
    public let body: String
    /// Whether the body's end was received.
    public let isComplete: Bool
    /// What follows the body: the next answer.
    public let rest: [UInt8]

    /// Reads what was received.
    public init(_ bytes: [UInt8]) {
        guard let end = Self.find([13, 10, 13, 10], in: bytes[...]) else {
            (status, headers, body, isComplete, rest) = (0, [:], "", false, [])
            return
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] =
                parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        self.headers = headers
        let content = bytes[(end + 4)...]
        let (bodyBytes, rest): ([UInt8], ArraySlice<UInt8>?) =
            headers["transfer-encoding"] == "chunked"
            ? Self.unchunked(content)
            : Self.plain(content, length: Int(headers["content-length"] ?? "") ?? 0)
        body = String(decoding: bodyBytes, as: UTF8.self)
        isComplete = rest != nil
        self.rest = Array(rest ?? [])
    }

    /// The events of an event stream that were received completely, as blocks of lines.
    public var blocks: [String] {
        let parts = body.components(separatedBy: "\n\n")
        return parts.dropLast()
    }

    /// The ids of the events received, in order.
    public var ids: [Int64] {
        blocks.compactMap { block in
            block.split(separator: "\n").first { $0.hasPrefix("id: ") }
                .flatMap { Int64($0.dropFirst(4)) }
        }
    }

    private static func plain(_ bytes: ArraySlice<UInt8>, length: Int) -> (
        [UInt8], ArraySlice<UInt8>?
    ) {
        (Array(bytes.prefix(length)), bytes.count >= length ? bytes.dropFirst(length) : nil)
    }

    private static func unchunked(_ bytes: ArraySlice<UInt8>) -> ([UInt8], ArraySlice<UInt8>?) {
        var body: [UInt8] = []
        var rest = bytes
        while let lineEnd = find([13, 10], in: rest) {
            let line = String(decoding: rest[..<lineEnd], as: UTF8.self)
            guard let size = Int(line, radix: 16) else { return (body, nil) }
            let start = lineEnd + 2
            guard rest.endIndex >= start + size + 2 else { return (body, nil) }
            body += rest[start..<(start + size)]
            rest = rest[(start + size + 2)...]
            if size == 0 { return (body, rest) }
        }
        return (body, nil)
    }

    private static func find(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - pattern.count)).first {
            bytes[$0..<($0 + pattern.count)].elementsEqual(pattern)
        }
    }
}
