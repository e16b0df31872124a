// SPDX-License-Identifier: Apache-2.0

import Storage
import Testing

/// The contract of tables: what a query answers, and in which order.
@Suite(.timeLimit(.minutes(2))) struct TableQueryTests {
    /// Sort keys in the order of their UTF-8 bytes, which is neither that of UTF-16 (the last two)
    /// nor of any dictionary, and in which a composed letter stands far from its decomposed twin.
    private static let sorted = [
        "A", "RUN#", "RUN#1", "RUN#10", "RUN#2", "RUN#\u{10FFFF}", "RUN#\u{10FFFF}x", "RUN$", "Z",
        "a", "e\u{301}", "z", "\u{E9}", "\u{D7FF}", "\u{FFFD}", "😀",
    ]

    @Test(arguments: TableImplementation.all)
    func `rows come in the order of their keys' bytes`(table: TableImplementation) async throws {
        try await withFilledTable(table) { table in
            let forward = try await table.query(TableQuery(partition: "P"))
            #expect(Self.bytes(forward.rows) == Self.sorted.map { Array($0.utf8) })
            #expect(forward.next == nil)
            let backward = try await table.query(TableQuery(partition: "P", reverse: true))
            #expect(backward.rows == forward.rows.reversed())
        }
    }

    @Test(
        arguments: TableImplementation.all,
        ["", "RUN#", "RUN#1", "RUN#\u{10FFFF}", "R", "\u{D7FF}", "\u{10FFFF}", "none", "RUN#2"])
    func `a prefix selects the keys that begin with it`(
        table: TableImplementation, prefix: String
    ) async throws {
        let expected = Self.sorted.filter { $0.utf8.starts(with: prefix.utf8) }
        try await withFilledTable(table) { table in
            for reverse in [false, true] {
                let page = try await table.query(
                    TableQuery(partition: "P", prefix: prefix, reverse: reverse))
                let sorts = reverse ? expected.reversed() : expected
                #expect(Self.bytes(page.rows) == sorts.map { Array($0.utf8) })
            }
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a page begins after the key given, which need not exist`(table: TableImplementation)
        async throws
    {
        try await withFilledTable(table) { table in
            var query = TableQuery(partition: "P", prefix: "RUN#", after: "RUN#15")
            var sorts = try await table.query(query).rows.map(\.key.sort)
            #expect(sorts == ["RUN#2", "RUN#\u{10FFFF}", "RUN#\u{10FFFF}x"])
            query.reverse = true
            sorts = try await table.query(query).rows.map(\.key.sort)
            #expect(sorts == ["RUN#10", "RUN#1", "RUN#"])
            query.after = "RUN#10"
            sorts = try await table.query(query).rows.map(\.key.sort)
            #expect(sorts == ["RUN#1", "RUN#"])
        }
    }

    @Test(arguments: TableImplementation.all, [false, true])
    func `a key outside the prefix takes all or nothing`(
        table: TableImplementation, reverse: Bool
    ) async throws {
        try await withFilledTable(table) { table in
            var query = TableQuery(
                partition: "P", prefix: "RUN#1", after: "A", reverse: reverse)
            let pageAfterLower = try await table.query(query)
            #expect(pageAfterLower.rows.count == (reverse ? 0 : 2))
            query.after = "Z"
            let pageAfterHigher = try await table.query(query)
            #expect(pageAfterHigher.rows.count == (reverse ? 2 : 0))
        }
    }

    @Test(arguments: TableImplementation.all, [1, 2, 3, 15, 16, 17, 1_000])
    func `pages of any size hold every row once, in order`(
        table: TableImplementation, limit: Int
    ) async throws {
        try await withFilledTable(table) { table in
            for reverse in [false, true] {
                let rows = try await table.all(
                    TableQuery(partition: "P", limit: limit, reverse: reverse))
                let expected = reverse ? Self.sorted.reversed() : Self.sorted
                #expect(Self.bytes(rows) == expected.map { Array($0.utf8) })
            }
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a page never holds more rows than its limit`(table: TableImplementation) async throws {
        try await withFilledTable(table) { table in
            let page = try await table.query(TableQuery(partition: "P", limit: 4))
            #expect(page.rows.count <= 4)
            #expect(page.next != nil)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `pages of great rows are complete together`(table: TableImplementation) async throws {
        try await table.withTable { table in
            let text = String(repeating: "ü", count: 150_000)
            let rows = (0..<9).map { row("\($0)", ["text": .string(text), "n": .integer($0)]) }
            for row in rows { try await table.transact([.put(row)]) }
            #expect(try await table.all(TableQuery(partition: "P", limit: 100)) == rows)
            let backward = try await table.all(TableQuery(partition: "P", limit: 2, reverse: true))
            #expect(backward == rows.reversed())
        }
    }

    @Test(arguments: TableImplementation.all)
    func `an empty partition has one empty page`(table: TableImplementation) async throws {
        try await table.withTable { table in
            let page = try await table.query(TableQuery(partition: "nobody"))
            #expect(page == TablePage(rows: [], next: nil))
        }
    }

    private func withFilledTable(
        _ table: TableImplementation, _ body: @escaping @Sendable (any Table) async throws -> Void
    ) async throws {
        try await table.withTable { table in
            try await table.fill(
                Self.sorted.reversed().map { row($0, ["sort": .string($0)]) }
                    + [row("A", in: "O"), row("RUN#1", in: "P0"), row("RUN#1", in: "p")])
            try await body(table)
        }
    }

    private static func bytes(_ rows: [TableRow]) -> [[UInt8]] {
        rows.map { Array($0.key.sort.utf8) }
    }
}
