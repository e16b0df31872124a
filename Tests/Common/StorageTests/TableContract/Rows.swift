// SPDX-License-Identifier: Apache-2.0

import Storage

/// The key `sort` in the partition that most tests work in.
func key(_ sort: String, in partition: String = "P") -> TableKey {
    TableKey(partition: partition, sort: sort)
}

/// A row of `attributes` at ``key(_:in:)``.
func row(
    _ sort: String, in partition: String = "P", _ attributes: [String: TableValue] = [:]
) -> TableRow {
    TableRow(key: key(sort, in: partition), attributes: attributes)
}

extension Table {
    /// Puts rows without a condition, in as many transactions as it takes.
    func fill(_ rows: [TableRow]) async throws {
        for start in stride(from: 0, to: rows.count, by: 50) {
            try await transact(rows[start..<min(start + 50, rows.count)].map { .put($0) })
        }
    }

    /// Tries a transaction; returns whether its conditions held.
    func accepts(_ writes: [TableWrite]) async throws(TableError) -> Bool {
        do {
            try await transact(writes)
            return true
        } catch {
            if error.code == .conditionFailed { return false }
            throw error
        }
    }

    /// Reads all pages of a query, at most `limit` rows each.
    func all(_ query: TableQuery) async throws -> [TableRow] {
        var query = query
        var rows: [TableRow] = []
        repeat {
            let page = try await self.query(query)
            rows += page.rows
            query.after = page.next
        } while query.after != nil
        return rows
    }
}
