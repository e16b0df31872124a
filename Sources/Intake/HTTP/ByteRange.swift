// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// A single range of bytes that a request asks for (RFC 9110, section 14.1.2).
enum ByteRange {
    /// What a `Range` header asks for of `size` bytes.
    enum Requested: Equatable {
        /// All of it: there is no header, or one that isn't a single range of bytes and so is
        /// passed over.
        case everything
        /// These bytes, half open.
        case part(Range<Int64>)
        /// Bytes that aren't there.
        case unsatisfiable
    }

    /// Reads a `Range` header.
    static func requested(by header: String?, of size: Int64) -> Requested {
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else {
            return .everything
        }
        let parts = header.dropFirst(6).split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return .everything }
        let (first, last) = (parts[0], parts[1])
        if first.isEmpty {
            guard let count = Int64(last), count >= 0 else { return .everything }
            return count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)..<size)
        }
        guard let start = Int64(first), start >= 0 else { return .everything }
        guard start < size else { return .unsatisfiable }
        if last.isEmpty { return .part(start..<size) }
        guard let end = Int64(last), end >= start else { return .everything }
        return .part(start..<min(size, end &+ 1 > start ? end &+ 1 : size))
    }
}
