// SPDX-License-Identifier: Apache-2.0

import Dispatch
import GRDB
public import Storage

/// A table in one SQLite file, which several processes may use at the same time.
///
/// A transaction that was acknowledged is on disk (write-ahead log, `synchronous=FULL`); concurrent
/// ones share a sync. The due index is strongly consistent here. Expired rows stay until
/// ``removeExpired(now:)``. The file must be on a local file system (https://sqlite.org/wal.html:
/// "WAL does not work over a network filesystem"). End with ``close()``.
public final class SQLiteTable: Storage.Table {
    private let writer: DatabaseQueue
    private let commits: GroupCommit
    private let readers: ReaderLanes

    /// How many expired rows go in one transaction: others wait for it.
    private static let removalBatch = 200

    /// Opens the table in the file at `path`; creates the file with mode 0600 where it is missing,
    /// in a folder that exists.
    ///
    /// Throws `corrupt` for a file of another program, of a newer version, or a damaged one, and
    /// `unavailable` when it can't be opened.
    public static func open(
        path: String, configuration: SQLiteTableConfiguration = SQLiteTableConfiguration()
    ) async throws(TableError) -> SQLiteTable {
        try await blocking { try SQLiteTable(path: path, configuration: configuration) }
    }

    private init(path: String, configuration: SQLiteTableConfiguration) throws {
        writer = try SQLiteConnections.writer(path: path, busyTimeout: configuration.busyTimeout)
        commits = GroupCommit(connection: writer, configuration: configuration)
        readers = ReaderLanes(
            connections: try (0..<max(1, configuration.readers)).map { _ in
                try SQLiteConnections.reader(path: path, busyTimeout: configuration.busyTimeout)
            })
    }

    /// Reads the row at `key`; nil when there is none.
    public func get(_ key: TableKey) async throws(TableError) -> TableRow? {
        try TableLimits.check(key: key)
        return try await readers.read { try RowStatements.row(at: key, in: $0) }
    }

    /// Reads one page of a query.
    public func query(_ query: TableQuery) async throws(TableError) -> TablePage {
        try TableLimits.check(query: query)
        return try await readers.read { try RowStatements.page(of: query, in: $0) }
    }

    /// Does all writes, or none of them.
    ///
    /// Returns once they are on disk. Cancelling the calling task does not stop it.
    public func transact(_ writes: [TableWrite]) async throws(TableError) {
        try TableLimits.check(transaction: writes)
        try await commits.transact(writes)
    }

    /// Lists entries of one shard of the due index, earliest first; here it is strongly consistent.
    public func due(shard: Int, until: Int64, limit: Int) async throws(TableError) -> [DueEntry] {
        if limit < 1 { throw TableError(.invalidRequest, "the limit is below 1") }
        return try await readers.read {
            try RowStatements.due(shard: shard, until: until, limit: limit, in: $0)
        }
    }

    /// Removes the rows whose `expiresAt` is before `now` (seconds since 1970); returns how many
    /// they were.
    ///
    /// Works in small transactions, between which others get their turn.
    @discardableResult
    public func removeExpired(now: Int64) async throws(TableError) -> Int {
        var removed = 0
        while true {
            let count = try await removeBatch(expiredBefore: now)
            removed += count
            if count < Self.removalBatch { return removed }
        }
    }

    /// Finishes what was asked for, refuses what comes after (`unavailable`), and closes the file.
    ///
    /// The last one to close a file merges its log into it.
    public func close() async throws(TableError) {
        commits.close()
        try await Self.blocking {
            try self.readers.close()
            try self.writer.close()
        }
    }

    private func removeBatch(expiredBefore now: Int64) async throws(TableError) -> Int {
        let result: Result<Int, TableError> = await withCheckedContinuation { answer in
            writer.asyncWriteWithoutTransaction { database in
                let result = Result {
                    try RowStatements.deleteExpired(
                        before: now, limit: Self.removalBatch, in: database)
                }
                answer.resume(returning: result.mapError(TableError.init(sqlite:)))
            }
        }
        return try result.get()
    }

    /// Runs `body`, which blocks, on a thread of Dispatch.
    private static func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value)
        async throws(TableError) -> Value
    {
        let result: Result<Value, TableError> = await withCheckedContinuation { answer in
            DispatchQueue.global().async {
                answer.resume(
                    returning: Result { try body() }.mapError(TableError.init(sqlite:)))
            }
        }
        return try result.get()
    }
}
