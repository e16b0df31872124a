// SPDX-License-Identifier: Apache-2.0

/// A change of one attribute within an update; no two changes of an update may name the same one.
public enum TableChange: Equatable, Sendable {
    /// Sets the attribute.
    case set(String, TableValue)
    /// Removes the attribute, present or not.
    case remove(String)
    /// Adds to a whole number, absent being 0.
    case add(String, Int64)
    /// Puts elements into a set of texts, absent being the empty set.
    case insert(String, Set<String>)
    /// Takes elements out of a set of texts; one that becomes empty is removed.
    case subtract(String, Set<String>)

    /// The attribute this is about.
    public var attribute: String {
        switch self {
        case .set(let name, _), .remove(let name), .add(let name, _), .insert(let name, _),
            .subtract(let name, _):
            name
        }
    }
}

extension TableChange {
    /// Applies the change to `row`: the meaning of the algebra, as ``TableCondition/holds(on:)`` is
    /// of conditions.
    ///
    /// - Throws: ``TableError`` `invalidRequest` when the attribute has another type, or the sum
    ///   overflows.
    public func apply(to row: inout TableRow) throws(TableError) {
        switch self {
        case .set(let name, let value): row.attributes[name] = value == .strings([]) ? nil : value
        case .remove(let name): row.attributes[name] = nil
        case .add(let name, let amount):
            row.attributes[name] = .integer(try Self.sum(row.attributes[name], amount, of: name))
        case .insert(let name, let elements):
            row.attributes[name] = Self.value(
                try Self.elements(row.attributes[name], of: name).union(elements))
        case .subtract(let name, let elements):
            row.attributes[name] = Self.value(
                try Self.elements(row.attributes[name], of: name).subtracting(elements))
        }
    }

    private static func sum(_ value: TableValue?, _ amount: Int64, of name: String)
        throws(TableError) -> Int64
    {
        let (sum, overflow): (Int64, Bool)
        switch value {
        case nil: (sum, overflow) = (amount, false)
        case .integer(let old): (sum, overflow) = old.addingReportingOverflow(amount)
        default: throw TableError(.invalidRequest, "attribute \(name) is not a whole number")
        }
        if overflow { throw TableError(.invalidRequest, "attribute \(name) overflows") }
        return sum
    }

    private static func elements(_ value: TableValue?, of name: String) throws(TableError) -> Set<
        String
    > {
        switch value {
        case nil: return []
        case .strings(let elements): return elements
        default: throw TableError(.invalidRequest, "attribute \(name) is not a set of texts")
        }
    }

    private static func value(_ elements: Set<String>) -> TableValue? {
        elements.isEmpty ? nil : .strings(elements)
    }
}
