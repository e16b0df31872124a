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
        guard let header, header.prefix(6).lowercased() == "bytes=" else { return .everything }
        let parts = header.dropFirst(6).split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return .everything }
        let (first, last) = (parts[0], parts[1])
        if first.isEmpty {
            guard let count = position(last) else { return .everything }
            return count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)..<size)
        }
        guard let start = position(first), let end = last.isEmpty ? .max : position(last),
            end >= start
        else { return .everything }
        guard start < size else { return .unsatisfiable }
        return .part(start..<(end < size ? end + 1 : size))
    }

    /// A number of digits alone; one too great for any object is as good as the greatest.
    private static func position(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text) ?? .max
    }
}
