// SPDX-License-Identifier: Apache-2.0

/// A piece of what a process wrote.
///
/// Pieces of one stream are in order and complete. Between the two streams the order is that of
/// reading, which for writes close to each other need not be that of writing.
public struct ProcessOutput: Sendable, Hashable {
    /// Where it was written to.
    public let stream: Stream
    /// What was written: never empty, cut anywhere, also within a character.
    public var bytes: [UInt8]

    /// The two streams that a process writes to.
    public enum Stream: Sendable, Hashable {
        /// Descriptor 1.
        case standardOutput
        /// Descriptor 2.
        case standardError
    }

    /// Creates a piece.
    public init(stream: Stream, bytes: [UInt8]) {
        self.stream = stream
        self.bytes = bytes
    }
}
