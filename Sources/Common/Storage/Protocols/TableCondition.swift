// SPDX-License-Identifier: Apache-2.0

/// A condition on the current state of one row, decided in the same instant as the write it guards.
///
/// An absent row has no attributes: every comparison with an absent attribute is false, and so is a
/// comparison with a value of another type.
public indirect enum TableCondition: Equatable, Sendable {
    /// Holds when the row exists.
    case rowExists
    /// Holds when the row doesn't exist.
    case rowAbsent
    /// Holds when the row has the attribute.
    case exists(String)
    /// Holds when the row doesn't have the attribute (also when the row doesn't exist).
    case absent(String)
    /// Holds when the attribute equals the value.
    case equals(String, TableValue)
    /// Holds when the attribute is a whole number below the value.
    case lessThan(String, Int64)
    /// Holds when the attribute is a set of texts that has the element.
    case contains(String, String)
    /// Holds when the attribute is a set of texts with fewer elements than the value.
    case sizeLessThan(String, Int)
    /// Holds when all hold; an empty list holds.
    case all([TableCondition])
    /// Holds when any holds; an empty list doesn't hold.
    case any([TableCondition])
    /// Holds when the condition doesn't.
    case not(TableCondition)
}

extension TableCondition {
    /// Decides the condition on `row`, nil being an absent row.
    ///
    /// This is the meaning of the algebra; an implementation either calls it inside its own
    /// transaction or renders an expression that answers the same.
    public func holds(on row: TableRow?) -> Bool {
        switch self {
        case .rowExists: row != nil
        case .rowAbsent: row == nil
        case .exists(let name): row?.attributes[name] != nil
        case .absent(let name): row?.attributes[name] == nil
        case .equals(let name, let value): row?.attributes[name] == value
        case .lessThan(let name, let bound): row?.integer(name).map { $0 < bound } ?? false
        case .contains(let name, let element): row?.strings(name).contains(element) ?? false
        case .sizeLessThan(let name, let bound):
            row.map { Self.size(of: $0.attributes[name], isBelow: bound) } ?? false
        case .all(let conditions): conditions.allSatisfy { $0.holds(on: row) }
        case .any(let conditions): conditions.contains { $0.holds(on: row) }
        case .not(let condition): !condition.holds(on: row)
        }
    }

    private static func size(of value: TableValue?, isBelow bound: Int) -> Bool {
        guard case .strings(let elements) = value else { return false }
        return elements.count < bound
    }
}
