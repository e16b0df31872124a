// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Storage
import Synchronization
import SystemPackage

/// Opens connections to a table's file.
///
/// Everything here blocks.
enum SQLiteConnections {
    /// Opens the writing connection: creates the file (mode 0600) and its schema where they are
    /// missing.
    static func writer(path: String, busyTimeout: Duration) throws -> DatabaseQueue {
        try createFile(path)
        var configuration = Self.configuration(busyTimeout: busyTimeout)
        configuration.label = "sqlite-table.writer"
        configuration.journalMode = .wal
        // A transaction left open by an error is ended by the next batch, which can report; GRDB
        // would trap.
        configuration.allowsUnsafeTransactions = true
        let connection = try DatabaseQueue(path: path, configuration: configuration)
        try connection.writeWithoutTransaction { database in
            // GRDB sets NORMAL, with which the last commits may be lost when the power fails.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.inTransaction(.immediate) {
                try SQLiteSchema.prepare(database)
                return .commit
            }
        }
        return connection
    }

    /// Opens a reading connection to a file that ``writer(path:busyTimeout:)`` has opened.
    static func reader(path: String, busyTimeout: Duration) throws -> DatabaseQueue {
        var configuration = Self.configuration(busyTimeout: busyTimeout)
        configuration.label = "sqlite-table.reader"
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func configuration(busyTimeout: Duration) -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let patience = BusyPatience(limit: busyTimeout)
        configuration.busyMode = .callback { tries in patience.waits(tries: tries) }
        return configuration
    }

    /// Creates an empty file first, because SQLite would make it readable for everybody.
    ///
    /// It gives its log and shared-memory files the mode of the main file.
    private static func createFile(_ path: String) throws {
        let file = try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create, .closeOnExec],
            permissions: [.ownerReadWrite])
        try file.close()
    }
}
