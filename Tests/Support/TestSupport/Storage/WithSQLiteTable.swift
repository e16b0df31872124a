// SPDX-License-Identifier: Apache-2.0

public import SQLiteStorage

/// Runs `body` with a new SQLite table in a folder of its own; closes and removes both on both
/// paths.
public func withSQLiteTable<Value>(
    configuration: SQLiteTableConfiguration = SQLiteTableConfiguration(),
    _ body: (SQLiteTable) async throws -> Value
) async throws -> Value {
    try await withTemporaryDirectory { folder in
        try await withSQLiteTable(
            path: folder + "/table.sqlite", configuration: configuration, body)
    }
}

/// Runs `body` with the SQLite table in the file at `path`; closes it on both paths and leaves the
/// file.
public func withSQLiteTable<Value>(
    path: String, configuration: SQLiteTableConfiguration = SQLiteTableConfiguration(),
    _ body: (SQLiteTable) async throws -> Value
) async throws -> Value {
    let table = try await SQLiteTable.open(path: path, configuration: configuration)
    let value: Value
    do {
        value = try await body(table)
    } catch {
        try await table.close()
        throw error
    }
    try await table.close()
    return value
}
