// SPDX-License-Identifier: Apache-2.0

/// An entry of the `due` index: a row that asks to be looked at, and since when.
///
/// The index is eventually consistent: an entry names a candidate, the row itself decides.
public struct DueEntry: Hashable, Sendable {
    /// The row.
    public let key: TableKey

    /// When it is due, in milliseconds since 1970.
    public let dueAt: Int64

    /// Creates an entry.
    public init(key: TableKey, dueAt: Int64) {
        self.key = key
        self.dueAt = dueAt
    }
}
