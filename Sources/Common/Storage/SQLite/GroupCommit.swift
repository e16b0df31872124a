// SPDX-License-Identifier: Apache-2.0

import GRDB
import Storage
import Synchronization

/// The one writer: transactions that arrive while a commit is under way share the next one.
///
/// A transaction that finds the writer idle goes at once. Those that come while it syncs the log to
/// disk wait for it anyway; together they need one sync, not one each. Each is decided by itself on
/// what those before it in the batch did, and answered only after the commit. All SQLite work is on
/// the serial queue of the writer's connection, never on the caller's thread.
final class GroupCommit: Sendable {
    private struct Request {
        let writes: [TableWrite]
        let answer: CheckedContinuation<TableError?, Never>
    }

    private struct State {
        var waiting: [Request] = []
        /// Whether a batch is under way or on its way to the queue.
        var isScheduled = false
        var isClosed = false
    }

    private let connection: DatabaseQueue
    private let pendingLimit: Int
    private let batchWrites: Int
    private let state = Mutex(State())

    /// Makes a writer on `connection`, which nothing else may write to between transactions of its
    /// own.
    init(connection: DatabaseQueue, configuration: SQLiteTableConfiguration) {
        self.connection = connection
        pendingLimit = configuration.pendingLimit
        batchWrites = configuration.batchWrites
    }

    /// Does `writes` as one transaction; returns once it is on disk.
    ///
    /// Cancelling the caller's task has no effect: the transaction is answered within the busy
    /// timeout.
    func transact(_ writes: [TableWrite]) async throws(TableError) {
        let error = await withCheckedContinuation { answer in
            enqueue(Request(writes: writes, answer: answer))
        }
        if let error { throw error }
    }

    /// Refuses transactions from now on; those that wait are still done, before anything that is
    /// put on the connection's queue after this returned.
    func close() {
        state.withLock { $0.isClosed = true }
        connection.asyncWriteWithoutTransaction { database in
            while self.commitBatch(in: database) {}
        }
    }

    private func enqueue(_ request: Request) {
        let refusal: TableError? = state.withLock { state in
            if state.isClosed { return TableError(.unavailable, "the table is closed") }
            if state.waiting.count >= pendingLimit {
                return TableError(.throttled, "too many transactions wait for the writer")
            }
            state.waiting.append(request)
            if !state.isScheduled {
                state.isScheduled = true
                schedule()
            }
            return nil
        }
        if let refusal { request.answer.resume(returning: refusal) }
    }

    /// Puts one batch on the queue, which serves what else waits there between two batches.
    private func schedule() {
        connection.asyncWriteWithoutTransaction { database in
            if self.commitBatch(in: database) { self.schedule() }
        }
    }

    /// Does the waiting transactions, up to the bound of a batch; returns whether more wait.
    private func commitBatch(in database: Database) -> Bool {
        let requests = nextBatch()
        if !requests.isEmpty {
            var batch = CommitBatch(transactions: requests.map(\.writes))
            batch.run(in: database)
            for (request, error) in zip(requests, batch.errors) {
                request.answer.resume(returning: error)
            }
        }
        return state.withLock { state in
            state.isScheduled = !state.waiting.isEmpty
            return state.isScheduled
        }
    }

    private func nextBatch() -> [Request] {
        state.withLock { state in
            var writes = 0
            let end = state.waiting.firstIndex { request in
                defer { writes += request.writes.count }
                return writes >= batchWrites
            }
            let requests = Array(state.waiting[..<(end ?? state.waiting.count)])
            state.waiting.removeFirst(requests.count)
            return requests
        }
    }
}
