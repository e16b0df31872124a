// SPDX-License-Identifier: Apache-2.0

import Storage
import Testing

/// The contract of tables: what a transaction does.
@Suite(.timeLimit(.minutes(2))) struct TableWriteTests {
    private static let values: [String: TableValue] = [
        "text": .string("häßlich \"quoted\" \\ \u{0} \u{1F} \n 𝄞"), "empty": .string(""),
        "least": .integer(.min), "greatest": .integer(.max), "yes": .boolean(true),
        "no": .boolean(false), "set": .strings(["", "a", "ä,]}\""]),
        "ключ \"\\": .string("name"),
    ]

    @Test(arguments: TableImplementation.all)
    func `a row that was put is read back unchanged`(table: TableImplementation) async throws {
        try await table.withTable { table in
            try await table.transact([.put(row("a", Self.values))])
            let read = try await table.get(key("a"))
            #expect(read == row("a", Self.values))
            #expect(read?.string("text")?.utf8.count == Self.values["text"]?.byteCountOfText)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `an absent row is read as nil`(table: TableImplementation) async throws {
        try await table.withTable { table in
            #expect(try await table.get(key("a")) == nil)
            try await table.transact([.put(row("a"))])
            #expect(try await table.get(key("a", in: "Q")) == nil)
            #expect(try await table.get(key("A")) == nil)
            #expect(try await table.get(key("a")) == row("a"))
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a put replaces the whole row`(table: TableImplementation) async throws {
        try await table.withTable { table in
            try await table.transact([.put(row("a", ["old": .integer(1), "n": .integer(1)]))])
            try await table.transact([.put(row("a", ["n": .integer(2)]))])
            #expect(try await table.get(key("a")) == row("a", ["n": .integer(2)]))
        }
    }

    @Test(arguments: TableImplementation.all)
    func `an update changes the attributes it names and no others`(table: TableImplementation)
        async throws
    {
        try await table.withTable { table in
            try await table.transact([
                .put(
                    row(
                        "a",
                        [
                            "kept": .string("k"), "set": .integer(1), "removed": .boolean(true),
                            "sum": .integer(5), "grown": .strings(["x"]),
                            "shrunk": .strings(["x", "y"]),
                        ]))
            ])
            try await table.transact([
                .update(
                    key("a"),
                    [
                        .set("set", .string("now text")), .remove("removed"), .add("sum", -7),
                        .insert("grown", ["y", "x"]), .subtract("shrunk", ["x", "z"]),
                        .remove("never there"), .add("new", 3), .insert("newSet", ["n"]),
                    ])
            ])
            let expected = row(
                "a",
                [
                    "kept": .string("k"), "set": .string("now text"), "sum": .integer(-2),
                    "grown": .strings(["x", "y"]), "shrunk": .strings(["y"]), "new": .integer(3),
                    "newSet": .strings(["n"]),
                ])
            #expect(try await table.get(key("a")) == expected)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `an update makes a row that does not exist`(table: TableImplementation) async throws {
        try await table.withTable { table in
            try await table.transact([.update(key("a"), [.add("n", 1)])])
            try await table.transact([.update(key("b"), [])])
            #expect(try await table.get(key("a")) == row("a", ["n": .integer(1)]))
            #expect(try await table.get(key("b")) == row("b"))
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a set that becomes empty is gone`(table: TableImplementation) async throws {
        try await table.withTable { table in
            var put = row("a", ["kept": .integer(1)])
            put.attributes["put"] = .strings([])
            put.attributes["cut"] = .strings(["x"])
            try await table.transact([.put(put)])
            try await table.transact([
                .update(
                    key("a"),
                    [
                        .subtract("cut", ["x"]), .set("set", .strings([])), .insert("none", []),
                        .subtract("absent", ["x"]),
                    ])
            ])
            #expect(try await table.get(key("a")) == row("a", ["kept": .integer(1)]))
            try await table.transact([.check(key("a"), .absent("cut"))])
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a delete removes the row, present or not`(table: TableImplementation) async throws {
        try await table.withTable { table in
            try await table.transact([.put(row("a"))])
            try await table.transact([.delete(key("a")), .delete(key("b"))])
            #expect(try await table.get(key("a")) == nil)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a check changes nothing`(table: TableImplementation) async throws {
        try await table.withTable { table in
            try await table.transact([.check(key("a"), .rowAbsent)])
            #expect(try await table.get(key("a")) == nil)
            await expectTableError(.conditionFailed) {
                try await table.transact([.check(key("a"), .rowExists)])
            }
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a failed condition undoes all writes and is named`(table: TableImplementation)
        async throws
    {
        try await table.withTable { table in
            try await table.transact([.put(row("there", ["n": .integer(1)]))])
            let error = await expectTableError(.conditionFailed) {
                try await table.transact([
                    .put(row("new")),
                    .put(row("there"), when: .rowAbsent),
                    .update(key("there2"), [.add("n", 1)], when: .rowExists),
                    .delete(key("there3"), when: .absent("n")),
                    .check(key("there4"), .rowExists),
                ])
            }
            #expect(error?.failedWrites == [1, 2, 4])
            #expect(try await table.get(key("new")) == nil)
            #expect(try await table.get(key("there")) == row("there", ["n": .integer(1)]))
            #expect(try await table.get(key("there2")) == nil)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a change that does not fit the type undoes all writes`(table: TableImplementation)
        async throws
    {
        let misfits: [TableChange] = [
            .add("text", 1), .insert("number", ["x"]), .subtract("text", ["x"]),
            .add("greatest", 1),
        ]
        try await table.withTable { table in
            let old = row(
                "a",
                ["text": .string("t"), "number": .integer(1), "greatest": .integer(.max)])
            try await table.transact([.put(old)])
            for misfit in misfits {
                await expectTableError(.invalidRequest) {
                    try await table.transact([.put(row("b")), .update(key("a"), [misfit])])
                }
            }
            #expect(try await table.get(key("a")) == old)
            #expect(try await table.get(key("b")) == nil)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a failed condition is reported before a change that does not fit`(
        table: TableImplementation
    ) async throws {
        try await table.withTable { table in
            try await table.transact([.put(row("a", ["text": .string("t")]))])
            let error = await expectTableError(.conditionFailed) {
                try await table.transact([
                    .update(key("a"), [.add("text", 1)]), .check(key("b"), .rowExists),
                ])
            }
            #expect(error?.failedWrites == [1])
        }
    }

    @Test(arguments: TableImplementation.all)
    func `texts that look alike but differ in bytes are different keys`(
        table: TableImplementation
    ) async throws {
        let composed = "caf\u{E9}"
        let decomposed = "cafe\u{301}"
        try await table.withTable { table in
            try await table.transact([.put(row(composed, ["n": .integer(1)]))])
            #expect(try await table.get(key(decomposed)) == nil)
            try await table.transact([.put(row(decomposed, ["n": .integer(2)]), when: .rowAbsent)])
            #expect(try await table.get(key(composed))?.integer("n") == 1)
            #expect(try await table.query(TableQuery(partition: "P")).rows.count == 2)
        }
    }
}

extension TableValue {
    fileprivate var byteCountOfText: Int? {
        guard case .string(let text) = self else { return nil }
        return text.utf8.count
    }
}
