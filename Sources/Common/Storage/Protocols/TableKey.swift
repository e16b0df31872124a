// SPDX-License-Identifier: Apache-2.0

/// Addresses one row of a table.
///
/// Keys are equal when their UTF-8 bytes are, as in every table. (Swift takes texts for equal that
/// are only canonically equivalent, such as a composed and a decomposed "é".)
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

extension TableKey {
    /// Compares the bytes of both parts.
    public static func == (one: TableKey, other: TableKey) -> Bool {
        one.partition.utf8.elementsEqual(other.partition.utf8)
            && one.sort.utf8.elementsEqual(other.sort.utf8)
    }

    /// Hashes the texts; equal bytes are equal texts, so equal keys have equal hashes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(partition)
        hasher.combine(sort)
    }
}

extension TableKey: CustomStringConvertible {
    /// Shows the key as `partition/sort`, for logs.
    public var description: String { "\(partition)/\(sort)" }
}
