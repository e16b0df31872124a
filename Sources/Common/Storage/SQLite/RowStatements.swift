// SPDX-License-Identifier: Apache-2.0

import GRDB
import Storage

/// The statements on the one table, each prepared once per connection.
enum RowStatements {
    /// Reads the row at `key`.
    static func row(at key: TableKey, in database: Database) throws -> TableRow? {
        let statement = try database.cachedStatement(
            sql: "SELECT attributes FROM rows WHERE pk = ? AND sk = ?")
        let attributes = try String.fetchOne(statement, arguments: [key.partition, key.sort])
        return try attributes.map { try decode($0, at: key) }
    }

    /// Reads one page: as many rows as `query` asks for, or as fit ``TableLimits/pageBytes``.
    static func page(of query: TableQuery, in database: Database) throws -> TablePage {
        let range = SortRange(query)
        let statement = try database.cachedStatement(sql: pageSQL(range, reverse: query.reverse))
        let arguments: [any DatabaseValueConvertible] =
            [query.partition, range.lower] + (range.upper.map { [$0] } ?? [])
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
        var rows: [TableRow] = []
        var bytes = 0
        while let found = try cursor.next() {
            if rows.count == query.limit || bytes >= TableLimits.pageBytes {
                return TablePage(rows: rows, next: rows.last?.key.sort)
            }
            let key = TableKey(partition: query.partition, sort: found[0])
            let row = try decode(found[1], at: key)
            rows.append(row)
            bytes += row.byteCount
        }
        return TablePage(rows: rows, next: nil)
    }

    /// Reads entries of the due index, earliest first.
    static func due(shard: Int, until: Int64, limit: Int, in database: Database) throws
        -> [DueEntry]
    {
        let statement = try database.cachedStatement(
            sql: """
                SELECT pk, sk, dueAt FROM rows WHERE dueShard = ? AND dueAt <= ?
                ORDER BY dueAt, pk, sk LIMIT ?
                """)
        return try Row.fetchAll(statement, arguments: [shard, until, limit]).map { row in
            DueEntry(key: TableKey(partition: row[0], sort: row[1]), dueAt: row[2])
        }
    }

    /// Writes a whole row, whose attributes are already encoded as `attributes`.
    static func put(_ row: TableRow, encoded attributes: String, in database: Database) throws {
        let dueShard = row.integer(TableRow.dueShardAttribute)
        let dueAt = row.integer(TableRow.dueAtAttribute)
        let isDue = dueShard != nil && dueAt != nil
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO rows (pk, sk, attributes, dueShard, dueAt, expiresAt)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (pk, sk) DO UPDATE SET attributes = excluded.attributes,
                    dueShard = excluded.dueShard, dueAt = excluded.dueAt,
                    expiresAt = excluded.expiresAt
                """)
        try statement.execute(arguments: [
            row.key.partition, row.key.sort, attributes, isDue ? dueShard : nil,
            isDue ? dueAt : nil, row.integer(TableRow.expiresAtAttribute),
        ])
    }

    /// Removes the row at `key`, present or not.
    static func delete(_ key: TableKey, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "DELETE FROM rows WHERE pk = ? AND sk = ?")
        try statement.execute(arguments: [key.partition, key.sort])
    }

    /// Removes up to `limit` rows that expired before `now`, in seconds since 1970; returns how
    /// many.
    static func deleteExpired(before now: Int64, limit: Int, in database: Database) throws -> Int {
        let statement = try database.cachedStatement(
            sql: """
                DELETE FROM rows WHERE (pk, sk) IN
                    (SELECT pk, sk FROM rows WHERE expiresAt < ? ORDER BY expiresAt LIMIT ?)
                """)
        try statement.execute(arguments: [now, limit])
        return database.changesCount
    }

    private static func pageSQL(_ range: SortRange, reverse: Bool) -> String {
        let lower = range.includesLower ? "sk >= ?" : "sk > ?"
        let upper = range.upper == nil ? "" : " AND sk < ?"
        let order = reverse ? "DESC" : "ASC"
        return """
            SELECT sk, attributes FROM rows WHERE pk = ? AND \(lower)\(upper) ORDER BY sk \(order)
            """
    }

    private static func decode(_ attributes: String, at key: TableKey) throws(TableError)
        -> TableRow
    {
        TableRow(key: key, attributes: try AttributesDecoder.decode(attributes))
    }
}
