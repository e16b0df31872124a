// SPDX-License-Identifier: Apache-2.0

import Storage
import TestSupport
import Testing

/// The contract of tables: which rows the due index lists.
///
/// The index may lag behind, so every expectation here is awaited by asking again.
@Suite(.timeLimit(.minutes(2))) struct TableDueTests {
    @Test(arguments: TableImplementation.all)
    func `a row is listed from its time on, earliest first, in its shard`(
        table: TableImplementation
    ) async throws {
        try await table.withTable { table in
            try await table.fill([
                due("late", shard: 1, at: 300), due("early", shard: 1, at: 100),
                due("middle", shard: 1, at: 200), due("other", shard: 2, at: 50),
                due("past", shard: 1, at: -1),
            ])
            try await expectDue(["past", "early", "middle"], shard: 1, until: 200, in: table)
            try await expectDue(
                ["past", "early", "middle", "late"], shard: 1, until: 300, in: table)
            try await expectDue(["other"], shard: 2, until: 300, in: table)
            try await expectDue([], shard: 3, until: .max, in: table)
            let first = try await table.due(shard: 1, until: 300, limit: 2)
            #expect(first.map(\.key.sort) == ["past", "early"])
            #expect(first.map(\.dueAt) == [-1, 100])
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a row without both attributes is not listed`(table: TableImplementation) async throws {
        try await table.withTable { table in
            try await table.fill([
                row("shard only", [TableRow.dueShardAttribute: .integer(1)]),
                row("time only", [TableRow.dueAtAttribute: .integer(1)]),
                due("both", shard: 1, at: 1),
            ])
            try await expectDue(["both"], shard: 1, until: .max, in: table)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `every kind of write moves rows in and out of the index`(table: TableImplementation)
        async throws
    {
        let at = TableRow.dueAtAttribute
        let shard = TableRow.dueShardAttribute
        try await table.withTable { table in
            try await table.fill(["a", "b", "c", "d"].map { due($0, shard: 1, at: 1) })
            try await table.transact([
                .delete(key("a")), .put(row("b")), .update(key("c"), [.remove(at)]),
                .update(key("d"), [.add(at, 9)]), .update(key("e"), [.set(shard, .integer(1))]),
            ])
            try await expectDue(["d"], shard: 1, until: 10, in: table)
            try await expectDue([], shard: 1, until: 9, in: table)
            try await table.transact([
                .update(key("e"), [.set(at, .integer(2))]), .update(key("d"), [.add(shard, 1)]),
                .put(due("b", shard: 1, at: 7)),
            ])
            try await expectDue(["e", "b"], shard: 1, until: 10, in: table)
            try await expectDue(["d"], shard: 2, until: 10, in: table)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `attributes of the index hold whole numbers only`(table: TableImplementation)
        async throws
    {
        try await table.withTable { table in
            for name in ["dueShard", "dueAt", "expiresAt"] {
                await expectTableError(.invalidRequest) {
                    try await table.transact([.put(row("a", [name: .string("1")]))])
                }
                await expectTableError(.invalidRequest) {
                    try await table.transact([.update(key("a"), [.set(name, .boolean(true))])])
                }
            }
            let stored = try await table.get(key("a"))
            #expect(stored == nil)
        }
    }

    private func due(_ sort: String, shard: Int64, at time: Int64) -> TableRow {
        row(
            sort,
            [
                TableRow.dueShardAttribute: .integer(shard),
                TableRow.dueAtAttribute: .integer(time),
            ])
    }

    private func expectDue(
        _ sorts: [String], shard: Int, until: Int64, in table: any Table,
        fileID: String = #fileID, line: Int = #line
    ) async throws {
        try await eventually(within: .seconds(5), "\(sorts) due", fileID: fileID, line: line) {
            let entries = try await table.due(shard: shard, until: until, limit: 100)
            return entries.map(\.key.sort) == sorts
        }
    }
}
