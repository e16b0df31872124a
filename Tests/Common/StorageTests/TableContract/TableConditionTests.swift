// SPDX-License-Identifier: Apache-2.0

import Storage
import Testing

/// The contract of tables: when a condition holds.
@Suite(.timeLimit(.minutes(2))) struct TableConditionTests {
    private static let present = row(
        "present",
        [
            "text": .string("t"), "number": .integer(5), "truth": .boolean(false),
            "set": .strings(["a", "b"]),
        ])

    /// Each condition, whether it holds on the row above, and whether on an absent one.
    private static let cases: [(TableCondition, present: Bool, absent: Bool)] = [
        (.rowExists, true, false),
        (.rowAbsent, false, true),
        (.exists("text"), true, false),
        (.exists("other"), false, false),
        (.absent("text"), false, true),
        (.absent("other"), true, true),
        (.equals("text", .string("t")), true, false),
        (.equals("text", .string("T")), false, false),
        (.equals("number", .integer(5)), true, false),
        (.equals("number", .string("5")), false, false),
        (.equals("truth", .boolean(false)), true, false),
        (.equals("truth", .integer(0)), false, false),
        (.equals("set", .strings(["b", "a"])), true, false),
        (.equals("set", .strings(["a"])), false, false),
        (.equals("set", .string("a")), false, false),
        (.equals("other", .string("")), false, false),
        (.lessThan("number", 6), true, false),
        (.lessThan("number", 5), false, false),
        (.lessThan("number", -5), false, false),
        (.lessThan("text", 6), false, false),
        (.lessThan("other", 6), false, false),
        (.contains("set", "a"), true, false),
        (.contains("set", "c"), false, false),
        (.contains("text", "t"), false, false),
        (.contains("other", "a"), false, false),
        (.sizeLessThan("set", 3), true, false),
        (.sizeLessThan("set", 2), false, false),
        (.sizeLessThan("text", 9), false, false),
        (.sizeLessThan("other", 9), false, false),
        (.all([]), true, true),
        (.any([]), false, false),
        (.all([.rowExists, .exists("text")]), true, false),
        (.all([.rowExists, .exists("other")]), false, false),
        (.any([.rowAbsent, .exists("other"), .contains("set", "b")]), true, true),
        (.not(.rowAbsent), true, false),
        (.not(.lessThan("other", 6)), true, true),
        (.not(.all([.exists("text"), .not(.any([.lessThan("number", 5)]))])), false, true),
    ]

    @Test(arguments: TableImplementation.all)
    func `a condition holds exactly when the algebra says so`(table: TableImplementation)
        async throws
    {
        try await table.withTable { table in
            try await table.transact([.put(Self.present)])
            for (condition, present, absent) in Self.cases {
                let onPresent = try await table.accepts([.check(key("present"), condition)])
                #expect(onPresent == present, "\(condition) on a row that is there")
                let onAbsent = try await table.accepts([.check(key("absent"), condition)])
                #expect(onAbsent == absent, "\(condition) on a row that is not there")
            }
        }
    }

    @Test(arguments: TableImplementation.all)
    func `a condition guards every kind of write`(table: TableImplementation) async throws {
        try await table.withTable { table in
            try await table.transact([.put(Self.present)])
            let guarded: [TableWrite] = [
                .put(row("present"), when: .absent("text")),
                .update(key("present"), [.remove("text")], when: .absent("text")),
                .delete(key("present"), when: .absent("text")),
            ]
            for write in guarded {
                let error = await expectTableError(.conditionFailed) {
                    try await table.transact([write])
                }
                #expect(error?.failedWrites == [0])
            }
            #expect(try await table.get(key("present")) == Self.present)
        }
    }

    @Test(arguments: TableImplementation.all)
    func `conditions see the rows as they were before the transaction`(
        table: TableImplementation
    ) async throws {
        try await table.withTable { table in
            try await table.transact([.put(row("a", ["n": .integer(1)]))])
            try await table.transact([
                .update(key("a"), [.add("n", 1)], when: .equals("n", .integer(1))),
                .put(row("b"), when: .rowAbsent),
                .check(key("c"), .rowAbsent),
            ])
            #expect(try await table.get(key("a"))?.integer("n") == 2)
        }
    }
}
