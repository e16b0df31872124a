// SPDX-License-Identifier: Apache-2.0

/// The system of record: rows under two-part keys, changed by conditional transactions.
///
/// All reads but ``due(shard:until:limit:)`` are strongly consistent. Every implementation passes
/// one contract suite. Safe to call from any task; never blocks the calling thread.
public protocol Table: Sendable {
    /// Reads the row at `key`; nil when there is none.
    func get(_ key: TableKey) async throws(TableError) -> TableRow?

    /// Reads one page of a query.
    func query(_ query: TableQuery) async throws(TableError) -> TablePage

    /// Does all writes, or none of them.
    ///
    /// Between 1 and 100 writes on distinct rows, within ``TableLimits``. All conditions are
    /// decided on the rows as they were before. Does nothing when a condition fails
    /// (`conditionFailed`, naming the writes), when another transaction is in the way
    /// (`contention`) or when the request is refused. After `unknownOutcome` the transaction may or
    /// may not have gone through: only reading tells.
    func transact(_ writes: [TableWrite]) async throws(TableError)

    /// Lists entries of one shard of the `due` index with `dueAt` at or before `until`
    /// (milliseconds since 1970), earliest first.
    ///
    /// Eventually consistent.
    func due(shard: Int, until: Int64, limit: Int) async throws(TableError) -> [DueEntry]
}
