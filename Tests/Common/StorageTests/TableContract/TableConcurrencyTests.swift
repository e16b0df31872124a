// SPDX-License-Identifier: Apache-2.0

import Storage
import Testing

/// The contract of tables: what many callers at once can rely on.
@Suite(.timeLimit(.minutes(2))) struct TableConcurrencyTests {
    @Test(arguments: TableImplementation.all)
    func `fifty callers who each raise a number they read lose none`(
        table: TableImplementation
    ) async throws {
        try await table.withTable { table in
            try await table.transact([.put(row("n", ["n": .integer(0)]))])
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 { group.addTask { try await Self.raise(in: table) } }
                try await group.waitForAll()
            }
            #expect(try await table.get(key("n"))?.integer("n") == 50)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `of fifty callers who put a row that is absent exactly one wins`(
        table: TableImplementation
    ) async throws {
        try await table.withTable { table in
            let winners = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for number in Int64(0)..<50 {
                    group.addTask {
                        let own = row("one", ["by": .integer(number)])
                        return try await table.accepts([.put(own, when: .rowAbsent)])
                            ? number : nil
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
            }
            #expect(winners.count == 1)
            #expect(try await table.get(key("one"))?.integer("by") == winners.first)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `slots that are taken under a limit are never more than the limit`(
        table: TableImplementation
    ) async throws {
        let limit = 7
        try await table.withTable { table in
            try await withThrowingTaskGroup { group in
                for number in 0..<40 {
                    group.addTask {
                        let isFree = TableCondition.any([
                            .absent("ids"), .sizeLessThan("ids", limit),
                        ])
                        _ = try await table.accepts([
                            .update(key("slots"), [.insert("ids", ["\(number)"])], when: isFree),
                            .put(row("slot \(number)"), when: .rowAbsent),
                        ])
                    }
                }
                try await group.waitForAll()
            }
            let ids = try #require(try await table.get(key("slots"))).strings("ids")
            #expect(ids.count == limit)
            let taken = try await table.all(TableQuery(partition: "P", prefix: "slot "))
            #expect(Set(taken.map { String($0.key.sort.dropFirst(5)) }) == ids)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a read sees every transaction acknowledged before it`(table: TableImplementation)
        async throws
    {
        try await table.withTable { table in
            try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in Int64(1)...25 {
                            let own = row("\(writer)", ["n": .integer(number)])
                            try await table.transact([.put(own)])
                            try #require(try await table.get(own.key) == own)
                            let page = try await table.query(
                                TableQuery(partition: "P", prefix: "\(writer)"))
                            try #require(page.rows == [own])
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private static func raise(in table: any Table) async throws {
        while true {
            let old = try #require(try await table.get(key("n"))?.integer("n"))
            let isUnchanged = TableCondition.equals("n", .integer(old))
            let raise = TableWrite.update(
                key("n"), [.set("n", .integer(old + 1))], when: isUnchanged)
            if try await table.accepts([raise]) { return }
        }
    }
}
