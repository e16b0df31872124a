// SPDX-License-Identifier: Apache-2.0

public import Storage

/// An entity that is stored as one row of the table.
///
/// An entity read from its own row equals the entity that was written. What the key says isn't said
/// again in attributes.
public protocol RowRepresentable: Equatable, Sendable {
    /// Reads the entity back.
    ///
    /// - Throws: ``TableError`` `corrupt`, naming key and attribute, when the row isn't such an
    ///   entity.
    init(row: TableRow) throws(TableError)

    /// The row that holds the entity.
    ///
    /// - Throws: ``TableError`` `invalidRequest` when the entity holds a number that isn't finite.
    var row: TableRow { get throws(TableError) }
}
