// SPDX-License-Identifier: Apache-2.0

import GRDB
import Storage

extension TableError {
    /// Says what an error of SQLite means for a caller whose request changed nothing.
    ///
    /// GRDB leaves statement arguments out of its errors, so no attribute value gets into the
    /// cause.
    init(sqlite error: any Error) {
        switch error {
        case let error as TableError: self = error
        case let error as DatabaseError: self.init(database: error)
        default: self.init(.unavailable, "the table's file can't be used", cause: error)
        }
    }

    private init(database error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.contention, "another process's transaction is in the way", cause: error)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT:
            self.init(.corrupt, "the table's file is damaged", cause: error)
        case .SQLITE_FULL:
            self.init(.unavailable, "there is no room left for the table's file", cause: error)
        case .SQLITE_TOOBIG:
            self.init(.invalidRequest, "a row is too big", cause: error)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            self.init(.unavailable, "the table's file can't be opened or written", cause: error)
        default:
            self.init(.unavailable, "the table's file can't be used", cause: error)
        }
    }
}
