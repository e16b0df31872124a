// SPDX-License-Identifier: Apache-2.0

import SQLiteStorage
import Storage

/// Opens what the settings name, for the length of a scope.
enum Backends {
    /// Calls `body` with the record store.
    static func withStores<Result>(
        _ settings: ServerSettings, _ body: (Stores) async throws -> Result
    ) async throws -> Result {
        let folder = try DataFolder(path: settings.dataPath)
        let table: SQLiteTable
        do {
            table = try await SQLiteTable.open(path: folder.tablePath)
        } catch {
            throw ServerFailure(
                status: ServerFailure.unavailable,
                message: "The record store \(folder.tablePath): \(error.reason)")
        }
        return try await closing({ try await table.close() }) {
            try await body(Stores(table: table))
        }
    }

    /// Calls `body`, then `close`, however `body` ends.
    static func closing<Result>(
        _ close: () async throws -> Void, _ body: () async throws -> Result
    ) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try await close()
        return try result.get()
    }
}
