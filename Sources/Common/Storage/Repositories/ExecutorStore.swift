// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

/// The executor registry in the table.
public struct ExecutorStore: Sendable {
    private let table: any Table

    /// Creates the store.
    public init(table: any Table) {
        self.table = table
    }

    /// Reads all records, by name.
    public func executors() async throws(TableError) -> [ExecutorRecord] {
        var records: [ExecutorRecord] = []
        var cursor: String?
        repeat {
            let page = try await table.query(
                TableQuery(partition: "SYS", prefix: "EXEC#", after: cursor))
            for row in page.rows { records.append(try ExecutorRecord(row: row)) }
            cursor = page.next
        } while cursor != nil
        return records
    }

    /// Reads a record; nil when there is none.
    public func executor(named name: String) async throws(TableError) -> ExecutorRecord? {
        guard let row = try await table.get(TableKeys.executor(name)) else { return nil }
        return try ExecutorRecord(row: row)
    }

    /// Writes a record, replacing what was there; safe to repeat.
    public func put(_ record: ExecutorRecord) async throws(TableError) {
        try await table.transact([.put(try record.row)])
    }

    /// Removes a record, present or not; safe to repeat.
    public func remove(named name: String) async throws(TableError) {
        try await table.transact([.delete(TableKeys.executor(name))])
    }
}
