// SPDX-License-Identifier: Apache-2.0

import Storage
import TestSupport
import Testing

/// A table that the contract is run against; a new implementation is one more line in ``all``.
struct TableImplementation: Sendable, CustomTestStringConvertible {
    /// Names the implementation in the report of a run.
    let testDescription: String

    /// Lends an empty table to the body and ends it on both paths.
    let withTable: @Sendable (@Sendable (any Table) async throws -> Void) async throws -> Void

    static let all = [
        TableImplementation(testDescription: "memory") { try await $0(MemoryTable()) },
        TableImplementation(testDescription: "SQLite") { body in
            try await withSQLiteTable { try await body($0) }
        },
        TableImplementation(testDescription: "SQLite with faults") { body in
            try await withSQLiteTable { table in
                let faulty = FaultInjectingTable(table, rates: .each(0.08), seed: 11)
                try await body(ResolvingTable(faulty))
            }
        },
    ]
}
