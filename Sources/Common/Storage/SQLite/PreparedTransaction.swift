// SPDX-License-Identifier: Apache-2.0

import GRDB
import Storage

/// A transaction that was found to go through, and what it does to the rows.
///
/// Deciding comes before doing: a transaction that is refused has touched nothing, so it needs no
/// savepoint among the others of its batch.
struct PreparedTransaction {
    private enum Effect {
        case put(TableRow, encoded: String)
        case delete(TableKey)
    }

    private var effects: [Effect] = []

    /// Decides `writes` on the rows that `database` sees now.
    ///
    /// Throws ``TableError`` when the transaction is refused; every other error is one of SQLite's.
    /// A failed condition wins over a change that can't be made.
    init(_ writes: [TableWrite], in database: Database) throws {
        let rows = try writes.map { write in
            try Self.needsRow(write) ? RowStatements.row(at: write.key, in: database) : nil
        }
        let failed = zip(writes, rows).enumerated().filter { _, pair in
            let (write, row) = pair
            return write.condition.map { !$0.holds(on: row) } ?? false
        }
        guard failed.isEmpty else {
            throw TableError(
                .conditionFailed, "a condition does not hold", failedWrites: failed.map(\.offset))
        }
        for (write, row) in zip(writes, rows) { try append(write, on: row) }
    }

    /// Does what was decided, in the same SQLite transaction.
    func perform(in database: Database) throws {
        for effect in effects {
            switch effect {
            case .put(let row, let attributes):
                try RowStatements.put(row, encoded: attributes, in: database)
            case .delete(let key): try RowStatements.delete(key, in: database)
            }
        }
    }

    private static func needsRow(_ write: TableWrite) -> Bool {
        if case .update = write { return true }
        return write.condition != nil
    }

    private mutating func append(_ write: TableWrite, on row: TableRow?) throws(TableError) {
        switch write {
        case .put(let row, _):
            append(row)
        case .update(let key, let changes, _):
            var changed = row ?? TableRow(key: key, attributes: [:])
            for change in changes { try change.apply(to: &changed) }
            try TableLimits.check(row: changed)
            append(changed)
        case .delete(let key, _):
            effects.append(.delete(key))
        case .check: break
        }
    }

    private mutating func append(_ row: TableRow) {
        let row = TableRow(key: row.key, attributes: row.attributes)
        effects.append(.put(row, encoded: AttributesEncoder.encode(row.attributes)))
    }
}
