// SPDX-License-Identifier: Apache-2.0

/// The bounds of keys, rows and requests, the same for every table.
///
/// They are DynamoDB's (Amazon DynamoDB Developer Guide, "Quotas"), so that what one table accepts,
/// all do. Every implementation calls these functions before it does anything, and ``check(row:)``
/// again on the row that an update leads to.
public enum TableLimits {
    /// The most writes of a transaction.
    public static let writes = 100

    /// The most UTF-8 bytes of a partition key.
    public static let partitionBytes = 2_048

    /// The most UTF-8 bytes of a sort key.
    public static let sortBytes = 1_024

    /// The most bytes of a row: names, values and key.
    public static let rowBytes = 400 * 1_024

    /// The most UTF-8 bytes of an attribute's name.
    public static let attributeNameBytes = 255

    /// The most bytes of rows on a page, of which there is always at least one.
    public static let pageBytes = 1_024 * 1_024

    /// The names that the key itself has in a store without columns.
    static let reservedNames: Set<String> = ["PK", "SK"]

    /// Checks that both parts of a key are there, not too long, and free of NUL characters.
    ///
    /// NUL is refused because SQLite's text functions end at it.
    public static func check(key: TableKey) throws(TableError) {
        try check(key.partition, name: "partition key", limit: partitionBytes)
        try check(key.sort, name: "sort key", limit: sortBytes)
    }

    /// Checks a query's partition, bounds and limit.
    public static func check(query: TableQuery) throws(TableError) {
        try check(query.partition, name: "partition key", limit: partitionBytes)
        if query.limit < 1 { throw TableError(.invalidRequest, "the limit is below 1") }
        if query.prefix.utf8.contains(0) || query.after?.utf8.contains(0) == true {
            throw TableError(.invalidRequest, "a sort key holds a NUL character")
        }
    }

    /// Checks a row: its key, the names and types of its attributes, its size.
    public static func check(row: TableRow) throws(TableError) {
        try check(key: row.key)
        for name in row.attributes.keys { try check(attribute: name) }
        for name in [
            TableRow.dueShardAttribute, TableRow.dueAtAttribute, TableRow.expiresAtAttribute,
        ] where row.attributes[name] != nil && row.integer(name) == nil {
            throw TableError(.invalidRequest, "attribute \(name) is not a whole number")
        }
        if row.byteCount > rowBytes {
            throw TableError(.invalidRequest, "row \(row.key) is over \(rowBytes) bytes")
        }
    }

    /// Checks a transaction: how many writes, that their rows are distinct, and each write by
    /// itself.
    public static func check(transaction writes: [TableWrite]) throws(TableError) {
        guard (1...Self.writes).contains(writes.count) else {
            throw TableError(.invalidRequest, "a transaction has 1 to \(Self.writes) writes")
        }
        var keys: Set<TableKey> = []
        for write in writes {
            if !keys.insert(write.key).inserted {
                throw TableError(.invalidRequest, "row \(write.key) is named twice")
            }
            switch write {
            case .put(let row, _): try check(row: row)
            case .update(let key, let changes, _): try check(changes, of: key)
            case .delete(let key, _), .check(let key, _): try check(key: key)
            }
        }
    }

    private static func check(_ changes: [TableChange], of key: TableKey) throws(TableError) {
        try check(key: key)
        var names: Set<String> = []
        for change in changes {
            try check(attribute: change.attribute)
            if !names.insert(change.attribute).inserted {
                throw TableError(.invalidRequest, "attribute \(change.attribute) is changed twice")
            }
        }
    }

    private static func check(attribute name: String) throws(TableError) {
        if !(1...attributeNameBytes).contains(name.utf8.count) || reservedNames.contains(name) {
            throw TableError(.invalidRequest, "attribute name \(name) is not allowed")
        }
    }

    private static func check(_ part: String, name: String, limit: Int) throws(TableError) {
        if !(1...limit).contains(part.utf8.count) {
            throw TableError(.invalidRequest, "the \(name) is empty or over \(limit) bytes")
        }
        if part.utf8.contains(0) {
            throw TableError(.invalidRequest, "the \(name) holds a NUL character")
        }
    }
}
