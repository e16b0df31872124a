// SPDX-License-Identifier: Apache-2.0

/// Addresses one row of a table.
public struct TableKey: Hashable, Sendable {
    /// Names the partition (`PK`); rows of one partition can be queried together.
    public let partition: String

    /// Names the row within its partition (`SK`); rows of a partition are sorted by its UTF-8
    /// bytes.
    public let sort: String

    /// Creates the address of the row `sort` in `partition`.
    public init(partition: String, sort: String) {
        self.partition = partition
        self.sort = sort
    }
}

extension TableKey: CustomStringConvertible {
    /// Shows the key as `partition/sort`, for logs.
    public var description: String { "\(partition)/\(sort)" }
}
