// SPDX-License-Identifier: Apache-2.0

/// Which parts of a log are stored: the head, a line that says what was left out, the tail.
public struct LogCut: Equatable, Sendable {
    /// The bytes of the log that come first.
    public let head: Range<Int64>
    /// What stands in place of the bytes left out; empty when nothing was, or when the limit has no room
    /// for it.
    public let marker: [UInt8]
    /// The bytes of the log that come last.
    public let tail: Range<Int64>

    /// Creates a cut.
    public init(head: Range<Int64>, marker: [UInt8], tail: Range<Int64>) {
        self.head = head
        self.marker = marker
        self.tail = tail
    }

    /// The size of what is stored, in bytes.
    public var size: Int64 { Int64(head.count + marker.count + tail.count) }
    /// How many bytes of the log are not stored.
    public var leftOut: Int64 { tail.lowerBound - head.upperBound }
}
