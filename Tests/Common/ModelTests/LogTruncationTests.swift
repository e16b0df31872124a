// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct LogTruncationTests {
    /// Room for the longest marker line of a log of a few thousand bytes.
    private static let markerRoom = 32

    @Test func `Property 16: a log is unchanged, or head, marker and tail of at most the limit`()
        async
    {
        let cases = zip(
            Generator<String>.unicode(count: 0...900), Generator<Int>.integer(in: 0...2_000))
        await checkProperty("Property 16: head, marker, tail", cases: 500, cases) { text, limit in
            let log = Array(text.utf8)
            let stored = LogTruncation.truncate(log, limit: limit)
            if log.count <= limit { return try requireEqual(stored, log) }
            try require(stored.count <= limit, "\(stored.count) bytes")
            try require(stored.count >= limit - 3, "\(stored.count) bytes")
            try require(String(validating: stored, as: UTF8.self) != nil, "not UTF-8")
            if limit >= Self.markerRoom { try requireParts(of: stored, log) }
        }
    }

    /// Finds the marker line by what it must say, whatever brackets the log itself holds.
    private func requireParts(of stored: [UInt8], _ log: [UInt8]) throws {
        for newline in [[], [UInt8(ascii: "\n")]] {
            for leftOut in 1...log.count {
                let line = newline + Array("[\(leftOut) bytes left out]\n".utf8)
                let kept = log.count - leftOut
                guard kept >= 0, stored.count == kept + line.count else { continue }
                let heads = (0...kept).filter { head in
                    let beginsLine = head == 0 || log[head - 1] == UInt8(ascii: "\n")
                    return beginsLine == newline.isEmpty
                        && stored.dropFirst(head).starts(with: line)
                }
                for head in heads
                where log[..<head] + line + log[(head + leftOut)...] == stored[...] { return }
            }
        }
        try require(false, "not head, marker line and tail")
    }

    @Test func `a log of any bytes is cut to the limit`() async {
        let cases = zip(
            Generator<[UInt8]>.bytes(count: 0...600), Generator<Int>.integer(in: -5...600))
        await checkProperty("Any bytes", cases: 500, cases) { log, limit in
            let stored = LogTruncation.truncate(log, limit: limit)
            if log.count <= limit { return try requireEqual(stored, log) }
            try require(stored.count <= max(0, limit))
            try require(stored.count >= limit - 3)
        }
    }

    @Test func `a quarter of the room is the head's and the rest the tail's`() {
        let log = Array((0..<10_000).map { "line \($0)\n" }.joined().utf8)
        let cut = LogTruncation(size: Int64(log.count), limit: 4_000)
        let parts = cut.cut(
            headWindow: Array(log[Int(cut.headWindow.lowerBound)..<Int(cut.headWindow.upperBound)]),
            tailWindow: Array(log[Int(cut.tailWindow.lowerBound)..<Int(cut.tailWindow.upperBound)]))
        #expect(parts.size == 4_000)
        #expect((990...1_000).contains(parts.head.count))
        #expect(parts.leftOut + Int64(parts.head.count + parts.tail.count) == Int64(log.count))
        #expect(String(decoding: parts.marker, as: UTF8.self).contains("[\(parts.leftOut) bytes"))
    }

    @Test func `the line keeps to itself`() {
        let text = String(repeating: "a", count: 200) + "\n" + String(repeating: "b", count: 200)
        let stored = String(
            decoding: LogTruncation.truncate(Array(text.utf8), limit: 100), as: UTF8.self)
        let lines = stored.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3)
        #expect(lines[1].hasPrefix("[") && lines[1].hasSuffix(" bytes left out]"))
    }

    @Test func `a huge log is cut by looking at a few bytes`() {
        let cut = LogTruncation(size: 5_000_000_000_000, limit: 1_048_576)
        #expect(cut.isNeeded)
        #expect(cut.headWindow.count < 64 && cut.tailWindow.count < 64)
        let parts = cut.cut(
            headWindow: Array(repeating: 97, count: cut.headWindow.count),
            tailWindow: Array(repeating: 97, count: cut.tailWindow.count))
        #expect(parts.size == 1_048_576)
        #expect(parts.tail.upperBound == 5_000_000_000_000)
    }

    @Test func `a limit with no room for the line gets the end of the log`() {
        #expect(LogTruncation.truncate(Array("abcdefghij".utf8), limit: 4) == Array("ghij".utf8))
        #expect(LogTruncation.truncate(Array("ééééé".utf8), limit: 3) == Array("é".utf8))
        #expect(LogTruncation.truncate(Array("abc".utf8), limit: 0) == [])
        #expect(LogTruncation.truncate(Array("abc".utf8), limit: 3) == Array("abc".utf8))
    }
}
