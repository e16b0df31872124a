// SPDX-License-Identifier: Apache-2.0

public import Storage
import Synchronization

/// The reference table: what every other one must answer, written to be read rather than to be
/// fast.
///
/// Keeps all rows in a dictionary and does one thing at a time. Its due index is strongly
/// consistent.
public final class MemoryTable: Table {
    private let rows = Mutex<[TableKey: TableRow]>([:])

    /// Creates an empty table.
    public init() {}

    /// Reads the row at `key`; nil when there is none.
    public func get(_ key: TableKey) async throws(TableError) -> TableRow? {
        try TableLimits.check(key: key)
        return rows.withLock { $0[key] }
    }

    /// Reads one page of a query.
    public func query(_ query: TableQuery) async throws(TableError) -> TablePage {
        try TableLimits.check(query: query)
        let matches = allRows()
            .filter { $0.key.partition.utf8.elementsEqual(query.partition.utf8) }
            .filter { $0.key.sort.utf8.starts(with: query.prefix.utf8) }
            .filter { row in
                guard let after = query.after else { return true }
                return query.reverse
                    ? Self.precedes(row.key.sort, after) : Self.precedes(after, row.key.sort)
            }
            .sorted {
                query.reverse
                    ? Self.precedes($1.key.sort, $0.key.sort)
                    : Self.precedes($0.key.sort, $1.key.sort)
            }
        var page: [TableRow] = []
        var bytes = 0
        for row in matches where page.count < query.limit && bytes < TableLimits.pageBytes {
            page.append(row)
            bytes += row.byteCount
        }
        return TablePage(rows: page, next: page.count < matches.count ? page.last?.key.sort : nil)
    }

    /// Does all writes, or none of them.
    public func transact(_ writes: [TableWrite]) async throws(TableError) {
        try TableLimits.check(transaction: writes)
        let result: Result<Void, TableError> = rows.withLock { rows in
            do throws(TableError) {
                rows = try Self.rows(rows, after: writes)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Lists entries of one shard of the due index, earliest first.
    public func due(shard: Int, until: Int64, limit: Int) async throws(TableError) -> [DueEntry] {
        if limit < 1 { throw TableError(.invalidRequest, "the limit is below 1") }
        let entries = allRows().compactMap { row -> DueEntry? in
            guard row.integer(TableRow.dueShardAttribute) == Int64(shard),
                let dueAt = row.integer(TableRow.dueAtAttribute), dueAt <= until
            else { return nil }
            return DueEntry(key: row.key, dueAt: dueAt)
        }
        return Array(entries.sorted { $0.dueAt < $1.dueAt }.prefix(limit))
    }

    /// Removes the rows whose `expiresAt` is before `now`, in seconds since 1970; returns how many.
    @discardableResult
    public func removeExpired(now: Int64) -> Int {
        rows.withLock { rows in
            let before = rows.count
            rows = rows.filter { _, row in
                row.integer(TableRow.expiresAtAttribute).map { $0 >= now } ?? true
            }
            return before - rows.count
        }
    }

    /// All rows, in no order: for tests that look at everything.
    public func allRows() -> [TableRow] { rows.withLock { Array($0.values) } }

    private static func rows(_ rows: [TableKey: TableRow], after writes: [TableWrite])
        throws(TableError) -> [TableKey: TableRow]
    {
        let failed = writes.indices.filter { index in
            let row = rows[writes[index].key]
            return writes[index].condition.map { !$0.holds(on: row) } ?? false
        }
        if !failed.isEmpty {
            throw TableError(.conditionFailed, "a condition does not hold", failedWrites: failed)
        }
        var result = rows
        for write in writes {
            switch write {
            case .put(let row, _):
                result[row.key] = TableRow(key: row.key, attributes: row.attributes)
            case .update(let key, let changes, _):
                var row = rows[key] ?? TableRow(key: key, attributes: [:])
                for change in changes { try change.apply(to: &row) }
                try TableLimits.check(row: row)
                result[key] = row
            case .delete(let key, _): result[key] = nil
            case .check: break
            }
        }
        return result
    }

    private static func precedes(_ text: String, _ other: String) -> Bool {
        text.utf8.lexicographicallyPrecedes(other.utf8)
    }
}
