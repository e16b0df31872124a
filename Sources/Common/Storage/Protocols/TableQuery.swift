// SPDX-License-Identifier: Apache-2.0

/// Asks for the rows of one partition whose sort key begins with a prefix, in order.
public struct TableQuery: Equatable, Sendable {
    /// The partition.
    public var partition: String

    /// What the sort keys begin with; empty is all.
    public var prefix: String

    /// The sort key after which (in the direction of the query) the page begins; it need not exist.
    public var after: String?

    /// The most rows a page holds; at least 1.
    public var limit: Int

    /// Whether the largest sort key comes first.
    public var reverse: Bool

    /// Creates a query.
    ///
    /// It always reads consistently.
    public init(
        partition: String, prefix: String = "", after: String? = nil, limit: Int = 100,
        reverse: Bool = false
    ) {
        self.partition = partition
        self.prefix = prefix
        self.after = after
        self.limit = limit
        self.reverse = reverse
    }
}
