// SPDX-License-Identifier: Apache-2.0

import GRDB
import Storage
import TestSupport
import Testing

@testable import SQLiteStorage

/// What callers are answered when SQLite fails in the middle of their common commit.
@Suite(.timeLimit(.minutes(1))) struct CommitBatchTests {
    @Test func `without room for one transaction none of the batch is done`() async throws {
        try await withConnection { connection in
            try await connection.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA max_page_count = 20")
            }
            let big = row("big", ["text": .string(String(repeating: "x", count: 300_000))])
            let codes = try await Self.run(
                [[.put(row("small"))], [.put(big)], [.check(key("none"), .rowExists)]],
                on: connection)
            #expect(codes == [.unavailable, .unavailable, .unavailable])
            #expect(
                try await Self.run([[.check(key("small"), .rowAbsent)]], on: connection) == [nil])
            #expect(try await Self.run([[.put(row("small"))]], on: connection) == [nil])
        }
    }

    @Test func `a commit that fails leaves its transactions unknown, but not its refusals`()
        async throws
    {
        try await withConnection { connection in
            let failure = CommitFailure(code: .SQLITE_IOERR)
            connection.add(transactionObserver: failure)
            let codes = try await Self.run(
                [[.put(row("a"))], [.check(key("none"), .rowExists)]], on: connection)
            #expect(codes == [.unknownOutcome, .unavailable])
            connection.remove(transactionObserver: failure)
            #expect(try await Self.run([[.put(row("b"))]], on: connection) == [nil])
        }
    }

    @Test func `a commit without room is known to have done nothing`() async throws {
        try await withConnection { connection in
            let failure = CommitFailure(code: .SQLITE_FULL)
            connection.add(transactionObserver: failure)
            let codes = try await Self.run([[.put(row("a"))]], on: connection)
            #expect(codes == [.unavailable])
            connection.remove(transactionObserver: failure)
            #expect(try await Self.run([[.check(key("a"), .rowAbsent)]], on: connection) == [nil])
        }
    }

    @Test func `each transaction of a batch sees those before it`() async throws {
        try await withConnection { connection in
            let put: [TableWrite] = [.put(row("a", ["n": .integer(1)]), when: .rowAbsent)]
            let add: [TableWrite] = [.update(key("a"), [.add("n", 1)], when: .rowExists)]
            let codes = try await Self.run([put, add, put, add], on: connection)
            #expect(codes == [nil, nil, .conditionFailed, nil])
            let isThree = TableWrite.check(key("a"), .equals("n", .integer(3)))
            #expect(try await Self.run([[isThree]], on: connection) == [nil])
        }
    }

    /// Fails every commit the way a disk does.
    private final class CommitFailure: TransactionObserver {
        private let code: ResultCode

        init(code: ResultCode) { self.code = code }

        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseWillCommit() throws { throw DatabaseError(resultCode: code) }
        func databaseDidCommit(_ database: Database) {}
        func databaseDidRollback(_ database: Database) {}
    }

    private static func run(_ transactions: [[TableWrite]], on connection: DatabaseQueue)
        async throws -> [TableError.Code?]
    {
        await withCheckedContinuation { answer in
            connection.asyncWriteWithoutTransaction { database in
                var batch = CommitBatch(transactions: transactions)
                batch.run(in: database)
                answer.resume(returning: batch.errors.map { $0?.code })
            }
        }
    }

    private func withConnection(_ body: (DatabaseQueue) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let connection = try SQLiteConnections.writer(
                path: folder + "/t.sqlite", busyTimeout: .seconds(1))
            do {
                try await body(connection)
            } catch {
                try connection.close()
                throw error
            }
            try connection.close()
        }
    }
}
