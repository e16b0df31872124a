// SPDX-License-Identifier: Apache-2.0

/// One part of a transaction; no two parts of a transaction may name the same row.
public enum TableWrite: Equatable, Sendable {
    /// Writes the whole row, replacing what was there.
    case put(TableRow, when: TableCondition? = nil)
    /// Changes attributes of a row; a row that doesn't exist is made.
    case update(TableKey, [TableChange], when: TableCondition? = nil)
    /// Removes the row; removing an absent row succeeds.
    case delete(TableKey, when: TableCondition? = nil)
    /// Changes nothing, but the transaction goes through only if the condition holds.
    case check(TableKey, TableCondition)

    /// The row this part is about.
    public var key: TableKey {
        switch self {
        case .put(let row, _): row.key
        case .update(let key, _, _), .delete(let key, _), .check(let key, _): key
        }
    }

    /// What must hold for the transaction to go through; nil is always.
    public var condition: TableCondition? {
        switch self {
        case .put(_, let condition), .update(_, _, let condition), .delete(_, let condition):
            condition
        case .check(_, let condition): condition
        }
    }
}
