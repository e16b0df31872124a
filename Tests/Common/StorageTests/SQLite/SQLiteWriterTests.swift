// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import SQLiteStorage
import Storage
import TestSupport
import Testing

/// What the one writer of a table in a file promises: shared commits, bounds, an orderly end.
@Suite(.timeLimit(.minutes(2))) struct SQLiteWriterTests {
    @Test func `transactions that wait together share a commit`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            try await withSQLiteTable(path: path) { table in
                let commitsBefore = try Self.commits(inLogOf: path)
                try await Self.whileLocked(
                    path,
                    body: { unlock in
                        try await withThrowingTaskGroup { group in
                            for number in 0..<50 {
                                group.addTask { try await table.transact([.put(row("\(number)"))]) }
                            }
                            try await unlock()
                            try await group.waitForAll()
                        }
                    })
                #expect(try await table.all(TableQuery(partition: "P")).count == 50)
                let commits = try Self.commits(inLogOf: path) - commitsBefore
                #expect((1..<25).contains(commits), "\(commits) commits")
            }
        }
    }

    @Test func `one that is refused does not disturb the others of its commit`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            try await withSQLiteTable(path: path) { table in
                try await table.transact([.put(row("there", ["text": .string("t")]))])
                try await Self.whileLocked(
                    path,
                    body: { unlock in
                        try await withThrowingTaskGroup { group in
                            for number in 0..<60 {
                                group.addTask { try await Self.tryOne(number, of: table) }
                            }
                            try await unlock()
                            try await group.waitForAll()
                        }
                    })
                let rows = try await table.all(TableQuery(partition: "P"))
                #expect(rows.count == 21)
            }
        }
    }

    @Test func `a lock that is held too long is contention, and nothing was done`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            let impatient = SQLiteTableConfiguration(busyTimeout: .milliseconds(50))
            try await withSQLiteTable(path: path, configuration: impatient) { table in
                try await Self.whileLocked(
                    path,
                    body: { unlock in
                        await expectTableError(.contention) {
                            try await table.transact([.put(row("a"))])
                        }
                        #expect(try await table.get(key("a")) == nil)
                        try await unlock()
                    })
                try await table.transact([.put(row("a"), when: .rowAbsent)])
            }
        }
    }

    @Test func `one transaction more than may wait is throttled`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            let narrow = SQLiteTableConfiguration(pendingLimit: 5)
            try await withSQLiteTable(path: path, configuration: narrow) { table in
                try await Self.whileLocked(
                    path,
                    body: { unlock in
                        let answers = TestSignal<TableError.Code?>()
                        try await withThrowingTaskGroup { group in
                            for number in 0..<30 {
                                group.addTask {
                                    do throws(TableError) {
                                        try await table.transact([.put(row("\(number)"))])
                                        answers.send(nil)
                                    } catch { answers.send(error.code) }
                                }
                            }
                            // One batch may be at the lock and five wait: at least 30 − 5 − 5 are
                            // refused.
                            let refused = try await answers.next(20)
                            #expect(refused.allSatisfy { $0 == .throttled })
                            try await unlock()
                            try await group.waitForAll()
                        }
                    })
            }
        }
    }

    @Test func `closing finishes what waits and refuses what comes after`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            let table = try await SQLiteTable.open(path: path)
            try await withThrowingTaskGroup { group in
                for number in 0..<100 {
                    group.addTask {
                        do throws(TableError) {
                            try await table.transact([.put(row("\(number)"))])
                        } catch {
                            #expect(error.code == .unavailable)
                        }
                    }
                }
                group.addTask { try await table.close() }
                try await group.waitForAll()
            }
            await expectTableError(.unavailable) { try await table.transact([.put(row("late"))]) }
            await expectTableError(.unavailable) { _ = try await table.get(key("0")) }
            await expectTableError(.unavailable) { _ = try await table.removeExpired(now: 1) }
            try await withSQLiteTable(path: path) { table async throws in
                #expect(try await table.get(key("late")) == nil)
            }
        }
    }

    @Test func `expired rows are removed and no others`() async throws {
        try await withSQLiteTable { table in
            let expiring = (0..<450).map { number in
                row("e\(number)", [TableRow.expiresAtAttribute: .integer(Int64(number))])
            }
            try await table.fill(expiring + [row("stays")])
            #expect(try await table.removeExpired(now: 0) == 0)
            #expect(try await table.removeExpired(now: 440) == 440)
            #expect(try await table.removeExpired(now: 440) == 0)
            let left = try await table.all(TableQuery(partition: "P")).map(\.key.sort)
            #expect(left == (440..<450).map { "e\($0)" } + ["stays"])
        }
    }

    @Test func `a cancelled caller still learns that its transaction went through`() async throws {
        try await withSQLiteTable { table in
            let task = Task { try await table.transact([.put(row("a"))]) }
            task.cancel()
            try await task.value
            #expect(try await table.get(key("a")) == row("a"))
        }
    }

    /// One of three: a put that goes through, one whose condition fails, a change that does not
    /// fit.
    private static func tryOne(_ number: Int, of table: SQLiteTable) async throws {
        switch number % 3 {
        case 0: try await table.transact([.put(row("\(number)"), when: .rowAbsent)])
        case 1:
            await expectTableError(.conditionFailed) {
                try await table.transact([
                    .put(row("\(number)")), .put(row("there"), when: .rowAbsent),
                ])
            }
        default:
            await expectTableError(.invalidRequest) {
                try await table.transact([
                    .put(row("\(number)")), .update(key("there"), [.add("text", 1)]),
                ])
            }
        }
    }

    /// Holds the write lock of the file by a connection of its own until `body` unlocks it, or
    /// ends.
    private static func whileLocked(
        _ path: String, body: (_ unlock: () async throws -> Void) async throws -> Void
    ) async throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        try await connection.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
        do {
            try await body {
                try await connection.writeWithoutTransaction { try $0.rollback() }
            }
        } catch {
            try connection.close()
            throw error
        }
        try connection.close()
    }

    /// Counts the frames of the write-ahead log that end a transaction: those whose header holds a
    /// size of the database (https://sqlite.org/fileformat2.html, section 4.1).
    private static func commits(inLogOf path: String) throws -> Int {
        let log = try [UInt8](Data(contentsOf: URL(filePath: path + "-wal")))
        let frameSize = 24 + 4_096
        return stride(from: 32, through: log.count - frameSize, by: frameSize)
            .count { log[($0 + 4)..<($0 + 8)].contains { $0 != 0 } }
    }
}
