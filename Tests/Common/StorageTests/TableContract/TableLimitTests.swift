// SPDX-License-Identifier: Apache-2.0

import Storage
import Testing

/// The contract of tables: what is refused, and that what is just within the bounds is not.
@Suite(.timeLimit(.minutes(2))) struct TableLimitTests {
    @Test(arguments: TableImplementation.all)
    func `a transaction has 1 to 100 writes`(table: TableImplementation) async throws {
        try await table.withTable { table in
            let writes = (0...100).map { TableWrite.put(row("\($0)"), when: .rowAbsent) }
            await expectTableError(.invalidRequest) { try await table.transact([]) }
            await expectTableError(.invalidRequest) { try await table.transact(writes) }
            #expect(try await table.query(TableQuery(partition: "P")).rows.isEmpty)
            try await table.transact(Array(writes.prefix(100)))
            #expect(try await table.all(TableQuery(partition: "P", limit: 1_000)).count == 100)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a transaction names a row once`(table: TableImplementation) async throws {
        try await table.withTable { table in
            await expectTableError(.invalidRequest) {
                try await table.transact([.put(row("a")), .check(key("a"), .rowAbsent)])
            }
            try await table.transact([.put(row("a")), .put(row("a", in: "Q"))])
        }
    }

    @Test(arguments: TableImplementation.all)
    func `an update names an attribute once`(table: TableImplementation) async throws {
        try await table.withTable { table in
            await expectTableError(.invalidRequest) {
                try await table.transact([.update(key("a"), [.add("n", 1), .remove("n")])])
            }
            let stored = try await table.get(key("a"))
            #expect(stored == nil)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `keys are not empty, not too long, and hold no NUL`(table: TableImplementation)
        async throws
    {
        let longest = key(
            String(repeating: "ü", count: 512), in: String(repeating: "ä", count: 1_024))
        let wrong = [
            key(""), key("a", in: ""), key("a\u{0}b"), key("a", in: "a\u{0}b"),
            key(longest.sort + "s"), key("a", in: longest.partition + "p"),
        ]
        try await table.withTable { table in
            for key in wrong {
                await expectTableError(.invalidRequest) {
                    try await table.transact([.update(key, [])])
                }
                await expectTableError(.invalidRequest) { _ = try await table.get(key) }
            }
            try await table.transact([.put(TableRow(key: longest, attributes: [:]))])
            #expect(try await table.get(longest)?.key == longest)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `attributes have names, other than the key's own`(table: TableImplementation)
        async throws
    {
        let wrong = ["", "PK", "SK", String(repeating: "n", count: 256)]
        try await table.withTable { table in
            for name in wrong {
                await expectTableError(.invalidRequest) {
                    try await table.transact([.put(row("a", [name: .integer(1)]))])
                }
                await expectTableError(.invalidRequest) {
                    try await table.transact([.update(key("a"), [.remove(name)])])
                }
            }
            let stored = try await table.get(key("a"))
            #expect(stored == nil)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a row of 400 KiB is stored and one byte more is refused`(table: TableImplementation)
        async throws
    {
        // PK, SK, "P", "a" and "text" take 10 bytes.
        let greatest = String(repeating: "\"", count: 400 * 1_024 - 10)
        try await table.withTable { table in
            try await table.transact([.put(row("a", ["text": .string(greatest)]))])
            #expect(try await table.get(key("a"))?.string("text")?.utf8.count == 409_590)
            await expectTableError(.invalidRequest) {
                try await table.transact([.put(row("a", ["text": .string(greatest + "x")]))])
            }
            await expectTableError(.invalidRequest) {
                try await table.transact([.update(key("a"), [.set("more", .boolean(true))])])
            }
            #expect(try await table.get(key("a"))?.attributes.count == 1)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a read asks for at least one row`(table: TableImplementation) async throws {
        try await table.withTable { table in
            for limit in [0, -1] {
                await expectTableError(.invalidRequest) {
                    _ = try await table.query(TableQuery(partition: "P", limit: limit))
                }
                await expectTableError(.invalidRequest) {
                    _ = try await table.due(shard: 1, until: 1, limit: limit)
                }
            }
            let page = try await table.query(TableQuery(partition: "P", limit: .max))
            #expect(page.rows.isEmpty)
        }
    }
}
