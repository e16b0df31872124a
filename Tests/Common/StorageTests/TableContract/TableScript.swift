// SPDX-License-Identifier: Apache-2.0

import PropertyTesting
import Storage
import TestSupport

/// Random transactions on a few rows, and the questions asked after each.
struct TableScript: Sendable {
    var transactions: [[TableWrite]]
    var queries: [TableQuery]

    /// Empties the rows that scripts use, then does every transaction on both tables and requires
    /// the same answers to everything.
    func compare(_ table: any Table, with reference: any Table) async throws {
        try await table.transact(Self.sorts.map { .delete(key($0)) })
        for writes in transactions {
            let answer = await Self.outcome(of: writes, in: table)
            let expected = await Self.outcome(of: writes, in: reference)
            try requireEqual(answer, expected, "\(writes) had another outcome.")
            try await compareReads(table, with: reference)
        }
    }

    private func compareReads(_ table: any Table, with reference: any Table) async throws {
        for query in queries {
            try requireEqual(
                try await table.all(query), try await reference.all(query),
                "The pages of \(query) hold other rows.")
        }
        for sort in Self.sorts {
            let key = key(sort)
            try requireEqual(
                try await table.get(key), try await reference.get(key), "\(key) read otherwise.")
        }
        for shard in Self.shards {
            let expected = try await reference.due(shard: shard, until: 2, limit: 100)
            try await eventually(within: .seconds(2), "shard \(shard) to list \(expected)") {
                let entries = try await table.due(shard: shard, until: 2, limit: 100)
                return Set(entries) == Set(expected)
                    && entries.map(\.dueAt) == expected.map(\.dueAt)
            }
        }
    }

    private static func outcome(of writes: [TableWrite], in table: any Table) async -> [String] {
        do {
            try await table.transact(writes)
            return ["done"]
        } catch {
            return [error.code.description] + error.failedWrites.map(String.init)
        }
    }
}

extension TableScript {
    fileprivate static let sorts = ["a", "ab", "b", "\u{E9}", "e\u{301}", "😀", "\u{FFFD}"]
    fileprivate static let shards = [-1, 0, 1, 2]
    private static let names = ["n", "s", "t", "dueShard", "dueAt"]
    private static let elements = ["x", "y", "ü"]

    /// Makes scripts of up to eight transactions.
    static let generator = Generator<TableScript> { choices in
        TableScript(
            transactions: try choices.draw(transaction.array(count: 1...8)),
            queries: try choices.draw(query.array(count: 1...3)))
    }

    private static let transaction = Generator<[TableWrite]> { choices in
        var keys: Set<TableKey> = []
        return try choices.draw(write.array(count: 1...4))
            .filter { keys.insert($0.key).inserted }
    }

    private static let write = Generator<TableWrite> { choices in
        let key = key(try choices.draw(.element(of: sorts)))
        let condition = try choices.draw(condition.optional)
        switch choices.draw(upTo: 3) {
        case 0:
            let attributes = try choices.draw(
                Generator<[String: TableValue]>.dictionary(
                    .element(of: names), value, count: 0...4))
            return .put(TableRow(key: key, attributes: attributes), when: condition)
        case 1: return .update(key, try choices.draw(changes), when: condition)
        case 2: return .delete(key, when: condition)
        default: return .check(key, condition ?? .rowExists)
        }
    }

    private static let changes = Generator<[TableChange]> { choices in
        var names: Set<String> = []
        return try choices.draw(change.array(count: 0...3))
            .filter { names.insert($0.attribute).inserted }
    }

    private static let change = Generator<TableChange> { choices in
        let name = try choices.draw(.element(of: names))
        switch choices.draw(upTo: 4) {
        case 0: return .set(name, try choices.draw(value))
        case 1: return .remove(name)
        case 2: return .add(name, try choices.draw(number))
        case 3: return .insert(name, try choices.draw(set))
        default: return .subtract(name, try choices.draw(set))
        }
    }

    private static let condition: Generator<TableCondition> = condition(depth: 2)

    private static func condition(depth: Int) -> Generator<TableCondition> {
        Generator { choices in
            let name = try choices.draw(.element(of: names))
            switch choices.draw(upTo: depth > 0 ? 10 : 7) {
            case 0: return .rowExists
            case 1: return .rowAbsent
            case 2: return .exists(name)
            case 3: return .absent(name)
            case 4: return .equals(name, try choices.draw(value))
            case 5: return .lessThan(name, try choices.draw(number))
            case 6: return .contains(name, try choices.draw(.element(of: elements)))
            case 7: return .sizeLessThan(name, Int(choices.draw(upTo: 3)))
            case 8: return .not(try choices.draw(condition(depth: depth - 1)))
            case 9:
                return .all(try choices.draw(condition(depth: depth - 1).array(count: 0...3)))
            default:
                return .any(try choices.draw(condition(depth: depth - 1).array(count: 0...3)))
            }
        }
    }

    private static let query = Generator<TableQuery> { choices in
        TableQuery(
            partition: "P", prefix: try choices.draw(.element(of: ["", "a", "\u{E9}", "😀", "z"])),
            after: try choices.draw(Generator<String>.element(of: sorts + ["c"]).optional),
            limit: Int(choices.draw(upTo: 4)) + 1, reverse: try choices.draw(.boolean))
    }

    private static let number = Generator<Int64>.weighted(
        (9, .integer(in: -3...3)), (1, .element(of: [.max, .min])))

    private static let set = Generator<String>.element(of: elements).array(count: 0...3)
        .map { Set($0) }

    private static let value = Generator<TableValue> { choices in
        switch choices.draw(upTo: 4) {
        case 0, 1: .integer(try choices.draw(number))
        case 2: .string(try choices.draw(.unicode(count: 0...4)))
        case 3: .boolean(try choices.draw(.boolean))
        default: .strings(try choices.draw(set))
        }
    }
}
