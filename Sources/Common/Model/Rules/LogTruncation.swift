// SPDX-License-Identifier: Apache-2.0

/// Cuts a log down to a limit: its head, one line that names the number of bytes left out, its tail.
///
/// A quarter of the room goes to the head and the rest to the tail, because how a run ended is asked more
/// often than how it began. Of UTF-8 no character is split, so up to 3 bytes of the limit may stay unused.
/// A limit with no room for the line gets the end of the log alone.
///
/// A log that is too big for memory is cut without being read: whoever has it reads the few bytes of
/// ``headWindow`` and ``tailWindow`` and asks ``cut(headWindow:tailWindow:)`` what to keep.
public struct LogTruncation: Sendable {
    /// The size of the log, in bytes.
    public let size: Int64
    /// The most bytes that may be stored.
    public let limit: Int64

    private let headTarget: Int64
    private let hasMarker: Bool

    /// Prepares the cut of a log of `size` bytes down to `limit`; a negative limit counts as 0.
    public init(size: Int64, limit: Int) {
        self.size = size
        self.limit = max(0, Int64(limit))
        let room = self.limit - Self.markerSize(digits: Self.digits(of: size), newline: true)
        hasMarker = room >= 0
        headTarget = max(0, room / 4)
    }

    /// Whether the log is over the limit.
    public var isNeeded: Bool { size > limit }

    /// The bytes around the end of the head: where characters end, and whether a line does.
    public var headWindow: Range<Int64> {
        within(max(0, headTarget - Self.headMargin)..<headTarget + 1)
    }

    /// The bytes around the beginning of the tail: where characters begin.
    public var tailWindow: Range<Int64> {
        guard hasMarker else { return within(size - limit..<size - limit + 4) }
        let digits = Self.digits(of: size)
        let earliest = headTarget - 3 + Self.markerSize(digits: 1, newline: false)
        let latest = headTarget + Self.markerSize(digits: digits, newline: true) + 4
        return within(size - limit + earliest..<size - limit + latest)
    }

    /// Says what to keep, from the bytes of both windows.
    ///
    /// A log within the limit is all head.
    public func cut(headWindow headBytes: [UInt8], tailWindow tailBytes: [UInt8]) -> LogCut {
        guard isNeeded else { return LogCut(head: 0..<size, marker: [], tail: size..<size) }
        let tailBytes = Window(start: tailWindow.lowerBound, bytes: tailBytes)
        guard hasMarker else {
            return LogCut(head: 0..<0, marker: [], tail: tailBytes.start(from: size - limit)..<size)
        }
        let headBytes = Window(start: headWindow.lowerBound, bytes: headBytes)
        let headEnd = headBytes.end(upTo: headTarget)
        let newline = headEnd > 0 && headBytes[headEnd - 1] != UInt8(ascii: "\n")
        // The line names a number that its own length changes. The more digits it is given room for, the
        // more is left out, so the first number of digits that suffices is also used up.
        var digits = 0
        var tailStart = size
        repeat {
            digits += 1
            let room = limit - headEnd - Self.markerSize(digits: digits, newline: newline)
            tailStart = tailBytes.start(from: size - room)
        } while Self.digits(of: tailStart - headEnd) > digits
        let marker = Self.marker(leftOut: tailStart - headEnd, newline: newline)
        return LogCut(head: 0..<headEnd, marker: marker, tail: tailStart..<size)
    }

    /// Cuts a log that is in memory; one within the limit stays as it is.
    public static func truncate(_ log: [UInt8], limit: Int) -> [UInt8] {
        let truncation = LogTruncation(size: Int64(log.count), limit: limit)
        guard truncation.isNeeded else { return log }
        let cut = truncation.cut(
            headWindow: Array(log[indices(truncation.headWindow)]),
            tailWindow: Array(log[indices(truncation.tailWindow)]))
        return Array(log[indices(cut.head)]) + cut.marker + log[indices(cut.tail)]
    }

    private static func indices(_ range: Range<Int64>) -> Range<Int> {
        Int(range.lowerBound)..<Int(range.upperBound)
    }

    private func within(_ range: Range<Int64>) -> Range<Int64> { range.clamped(to: 0..<size) }
}

// MARK: - The line

extension LogTruncation {
    private static func marker(leftOut: Int64, newline: Bool) -> [UInt8] {
        Array("\(newline ? "\n" : "")[\(leftOut) bytes left out]\n".utf8)
    }

    private static func markerSize(digits: Int, newline: Bool) -> Int64 {
        Int64(marker(leftOut: 0, newline: newline).count - 1 + digits)
    }

    private static func digits(of number: Int64) -> Int { String(number).utf8.count }

    /// A character's bytes before the end of the head, and one more to see whether a line ends there.
    private static let headMargin: Int64 = 4
}

// MARK: - Where characters begin

/// A few bytes of a log and where they stand in it.
private struct Window {
    let start: Int64
    let bytes: [UInt8]

    subscript(_ position: Int64) -> UInt8? {
        let index = Int(position - start)
        return bytes.indices.contains(index) ? bytes[index] : nil
    }

    /// The last position at or before `target` where a character begins; `target` when the bytes
    /// aren't UTF-8.
    func end(upTo target: Int64) -> Int64 {
        (max(0, target - 3)...target).last { !isContinuation($0) } ?? target
    }

    /// The first position at or after `target` where a character begins; `target` when the bytes
    /// aren't UTF-8.
    func start(from target: Int64) -> Int64 {
        (target...target + 3).first { !isContinuation($0) } ?? target
    }

    private func isContinuation(_ position: Int64) -> Bool {
        self[position].map { $0 & 0b1100_0000 == 0b1000_0000 } ?? false
    }
}
