// SPDX-License-Identifier: Apache-2.0

import GRDB
import Storage

/// Several transactions of the table in one of SQLite's: one lock, one commit, one sync to disk.
struct CommitBatch {
    private let transactions: [[TableWrite]]

    /// What each transaction is answered, in their order, once ``run(in:)`` returned; nil is
    /// success.
    private(set) var errors: [TableError?]

    /// Collects `transactions`.
    init(transactions: [[TableWrite]]) {
        self.transactions = transactions
        errors = transactions.map { _ in nil }
    }

    /// Does the transactions that go through, in order, and commits.
    mutating func run(in database: Database) {
        do {
            try begin(in: database)
        } catch {
            return fail(TableError(sqlite: error))
        }
        do {
            try perform(in: database)
        } catch {
            rollBack(in: database)
            return fail(TableError(sqlite: error))
        }
        do {
            try database.cachedStatement(sql: "COMMIT").execute()
        } catch {
            rollBack(in: database)
            failCommit(error)
        }
    }

    /// Takes SQLite's write lock; waits for other processes as long as the busy handler allows.
    private func begin(in database: Database) throws {
        if database.isInsideTransaction { try database.rollback() }
        try database.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
    }

    private mutating func perform(in database: Database) throws {
        for (index, writes) in transactions.enumerated() {
            let prepared: PreparedTransaction
            do {
                prepared = try PreparedTransaction(writes, in: database)
            } catch let error as TableError {
                errors[index] = error
                continue
            }
            try prepared.perform(in: database)
        }
    }

    /// Ends the transaction, where the error has not ended it already.
    ///
    /// Should that fail too, the next ``begin(in:)`` tries again and reports.
    private func rollBack(in database: Database) {
        do { try database.rollback() } catch { return }
    }

    /// Answers all transactions with `error`: also a refusal was decided on rows that are not there
    /// now.
    private mutating func fail(_ error: TableError) {
        errors = errors.map { _ in error }
    }

    /// Answers after a failed commit.
    ///
    /// When the lock or the room was missing, the log has no commit record. After any other error,
    /// a failed sync above all, the record may be in the log and count after a crash: that is
    /// unknown. A refused transaction has changed nothing in either case.
    private mutating func failCommit(_ error: any Error) {
        let known = TableError(sqlite: error)
        let code = (error as? DatabaseError)?.resultCode
        guard code != .SQLITE_BUSY, code != .SQLITE_FULL else { return fail(known) }
        let unknown = TableError(
            .unknownOutcome, "the commit failed; the transaction may count after a crash",
            cause: error)
        errors = errors.map { $0 == nil ? unknown : known }
    }
}
