// SPDX-License-Identifier: Apache-2.0

import Storage
import TestSupport

/// The tables that a test runs against.
enum TableKind: CaseIterable, Sendable {
    case memory
    case sqlite
}

/// Lends an empty table to the body.
func withTable(_ kind: TableKind, _ body: (any Table) async throws -> Void) async throws {
    switch kind {
    case .memory: try await body(MemoryTable())
    case .sqlite: try await withSQLiteTable { try await body($0) }
    }
}
