// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import SQLiteStorage
import Storage
import TestSupport
import Testing

/// What a table in a file promises about the file.
@Suite(.timeLimit(.minutes(2))) struct SQLiteFileTests {
    @Test func `the file and its companions are for the owner only`() async throws {
        try await withTemporaryDirectory { folder in
            try await withSQLiteTable(path: folder + "/t.sqlite") { table in
                try await table.transact([.put(row("a"))])
                let files = try FileManager.default.contentsOfDirectory(atPath: folder)
                #expect(files.sorted() == ["t.sqlite", "t.sqlite-shm", "t.sqlite-wal"])
                for file in files {
                    let attributes = try FileManager.default.attributesOfItem(
                        atPath: folder + "/" + file)
                    #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
                }
            }
        }
    }

    @Test func `rows are there after the table was closed and opened again`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            let rows = (100..<300).map { row("\($0)", ["n": .integer($0)]) }
            try await withSQLiteTable(path: path) { try await $0.fill(rows) }
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
            try await withSQLiteTable(path: path) { table async throws in
                #expect(try await table.all(TableQuery(partition: "P", limit: 70)) == rows)
            }
        }
    }

    @Test func `several tables on one file are one table`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            try await withThrowingTaskGroup { group in
                for number in Int64(0)..<4 {
                    group.addTask {
                        try await withSQLiteTable(path: path) { table in
                            for step in Int64(0)..<25 {
                                try await table.transact([
                                    .update(key("sum"), [.add("n", 1)]),
                                    .put(row("\(number) \(step)"), when: .rowAbsent),
                                ])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await withSQLiteTable(path: path) { table async throws in
                #expect(try await table.get(key("sum"))?.integer("n") == 100)
                #expect(try await table.all(TableQuery(partition: "P")).count == 101)
            }
        }
    }

    @Test func `what one table acknowledged another one on the file sees`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            try await withSQLiteTable(path: path) { one in
                try await withSQLiteTable(path: path) { other in
                    for number in Int64(0)..<100 {
                        let (writer, reader) =
                            number.isMultiple(of: 2) ? (one, other) : (other, one)
                        try await writer.transact([.put(row("a", ["n": .integer(number)]))])
                        #expect(try await reader.get(key("a"))?.integer("n") == number)
                    }
                }
            }
        }
    }

    @Test func `a reader never sees half a transaction`() async throws {
        try await withSQLiteTable { table in
            try await table.fill([row("a", ["n": .integer(0)]), row("b", ["n": .integer(0)])])
            try await withThrowingTaskGroup { group in
                group.addTask {
                    for _ in 0..<100 {
                        try await table.transact([
                            .update(key("a"), [.add("n", 1)]), .update(key("b"), [.add("n", 1)]),
                        ])
                    }
                }
                for _ in 0..<3 {
                    group.addTask {
                        for _ in 0..<100 {
                            let rows = try await table.query(TableQuery(partition: "P")).rows
                            try #require(Set(rows.map { $0.integer("n") }).count == 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a file of a newer version is refused and left alone`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            try await withSQLiteTable(path: path) { try await $0.transact([.put(row("a"))]) }
            try await DatabaseQueue(path: path).write {
                try $0.execute(sql: "PRAGMA user_version = 2")
            }
            let error = await expectTableError(.corrupt) {
                _ = try await SQLiteTable.open(path: path)
            }
            #expect(error?.reason.contains("version 2") == true)
            let rows = try await DatabaseQueue(path: path).read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM rows")
            }
            #expect(rows == 1)
        }
    }

    @Test func `a file of another program is refused`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/other.sqlite"
            try await DatabaseQueue(path: path).write {
                try $0.execute(sql: "CREATE TABLE rows (x)")
            }
            await expectTableError(.corrupt) { _ = try await SQLiteTable.open(path: path) }
            let text = folder + "/text"
            try Data(repeating: 65, count: 10_000).write(to: URL(filePath: text))
            await expectTableError(.corrupt) { _ = try await SQLiteTable.open(path: text) }
        }
    }

    @Test func `a damaged file is reported as corrupt`() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            let rows = (0..<200).map {
                row("\($0)", ["text": .string(String(repeating: "x", count: 500))])
            }
            try await withSQLiteTable(path: path) { try await $0.fill(rows) }
            var content = try Data(contentsOf: URL(filePath: path))
            for position in 8_192..<content.count { content[position] = 0xA5 }
            try content.write(to: URL(filePath: path))
            try await withSQLiteTable(path: path) { table in
                await expectTableError(.corrupt) {
                    _ = try await table.all(TableQuery(partition: "P"))
                }
                await expectTableError(.corrupt) { try await table.fill(rows) }
            }
        }
    }

    @Test func `a row that was tampered with is reported as corrupt`() async throws {
        let texts = [
            "", "{", "{\"a\"", "{\"a\":}", "{\"a\":1", "{\"a\":1}x", "{\"a\":1.5}", "{\"a\":null}",
            "{\"a\":[]}", "{\"a\":[1]}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\x\"}", "{\"a\":\"",
            "[]", "{\"a\":tru}", "{a:1}", "{\"a\":99999999999999999999}",
        ]
        try await withTemporaryDirectory { folder in
            let path = folder + "/t.sqlite"
            try await withSQLiteTable(path: path) { table in
                try await table.transact([.put(row("a"))])
                let connection = try DatabaseQueue(path: path)
                for text in texts {
                    try await connection.write { database in
                        try database.execute(
                            sql: "UPDATE rows SET attributes = ?", arguments: [text])
                    }
                    await expectTableError(.corrupt) { _ = try await table.get(key("a")) }
                }
                try connection.close()
            }
        }
    }

    @Test func `a file that can't be opened is unavailable`() async throws {
        try await withTemporaryDirectory { folder in
            for path in [folder, folder + "/no/folder/t.sqlite"] {
                await expectTableError(.unavailable) { _ = try await SQLiteTable.open(path: path) }
            }
        }
    }
}
