// SPDX-License-Identifier: Apache-2.0

import Storage

/// The sort keys that a query is about, as bounds that SQLite can walk along its index.
///
/// SQLite compares texts by their UTF-8 bytes (its collation BINARY), so bounds are compared the
/// same way.
struct SortRange {
    /// Where the range begins.
    let lower: String

    /// Whether `lower` itself belongs to the range.
    let includesLower: Bool

    /// Before what the range ends; nil when it has no end.
    let upper: String?

    /// Works out the bounds of `query`.
    init(_ query: TableQuery) {
        let end = Self.end(ofPrefix: query.prefix)
        guard let after = query.after else {
            (lower, includesLower, upper) = (query.prefix, true, end)
            return
        }
        if query.reverse {
            let isBefore = end.map { Self.precedes(after, $0) } ?? true
            (lower, includesLower, upper) = (query.prefix, true, isBefore ? after : end)
        } else if Self.precedes(after, query.prefix) {
            (lower, includesLower, upper) = (query.prefix, true, end)
        } else {
            (lower, includesLower, upper) = (after, false, end)
        }
    }

    /// Finds the least text after all that begin with `prefix`; nil when there is none.
    ///
    /// The order of UTF-8 bytes is that of Unicode scalars, so it is the prefix with its last
    /// scalar raised by one; trailing scalars that are the greatest of all are dropped first.
    private static func end(ofPrefix prefix: String) -> String? {
        var scalars = Array(prefix.unicodeScalars)
        while let last = scalars.popLast() {
            if let next = scalar(after: last) {
                scalars.append(next)
                var end = String.UnicodeScalarView()
                end.append(contentsOf: scalars)
                return String(end)
            }
        }
        return nil
    }

    private static func scalar(after scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let isLastBeforeSurrogates = scalar.value == 0xD7FF
        return Unicode.Scalar(isLastBeforeSurrogates ? 0xE000 : scalar.value + 1)
    }

    private static func precedes(_ text: String, _ other: String) -> Bool {
        text.utf8.lexicographicallyPrecedes(other.utf8)
    }
}
