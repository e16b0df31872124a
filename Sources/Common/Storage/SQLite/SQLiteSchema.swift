// SPDX-License-Identifier: Apache-2.0

import GRDB
import Storage

/// The one table in the file, and the version of its form.
///
/// Keys are texts in SQLite's collation BINARY, which compares UTF-8 bytes. The three attributes
/// that mean something to the table are columns as well as part of `attributes`; a column is null
/// unless its index is to hold the row.
enum SQLiteSchema {
    /// The version that this code reads and writes (`PRAGMA user_version`); 0 is an empty file.
    static let version = 1

    /// Tells the file from those of other programs (`PRAGMA application_id`): "TLAO".
    static let applicationID = 0x544C_414F

    /// Creates the schema in an empty file; refuses a file of another program or of a newer
    /// version.
    ///
    /// Runs inside an immediate transaction, so that of several processes only one creates.
    static func prepare(_ database: Database) throws {
        switch try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0 {
        case version: try checkApplication(database)
        case 0: try create(database)
        case let newer:
            throw TableError(
                .corrupt,
                "the table's file has version \(newer), this program knows version \(version)")
        }
    }

    private static func checkApplication(_ database: Database) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA application_id")
        guard found == applicationID else { throw foreignFile }
    }

    private static func create(_ database: Database) throws {
        let objects = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
        guard objects == 0 else { throw foreignFile }
        try database.execute(
            sql: """
                CREATE TABLE rows (
                    pk TEXT NOT NULL,
                    sk TEXT NOT NULL,
                    attributes TEXT NOT NULL,
                    dueShard INTEGER,
                    dueAt INTEGER,
                    expiresAt INTEGER,
                    PRIMARY KEY (pk, sk)
                ) WITHOUT ROWID;
                CREATE INDEX due ON rows (dueShard, dueAt) WHERE dueShard IS NOT NULL;
                CREATE INDEX expiry ON rows (expiresAt) WHERE expiresAt IS NOT NULL;
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                """)
    }

    private static let foreignFile = TableError(
        .corrupt, "the table's file belongs to another program")
}
