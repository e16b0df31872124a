// SPDX-License-Identifier: Apache-2.0

/// A page of a query's answer.
public struct TablePage: Equatable, Sendable {
    /// The rows, in the order of the query.
    ///
    /// A page may be short, or empty, without being the last.
    public let rows: [TableRow]

    /// What to pass as ``TableQuery/after`` for the next page; nil when this is the last.
    public let next: String?

    /// Creates a page.
    public init(rows: [TableRow], next: String?) {
        self.rows = rows
        self.next = next
    }
}
