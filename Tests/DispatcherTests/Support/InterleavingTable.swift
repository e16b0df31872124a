// SPDX-License-Identifier: Apache-2.0

import PropertyTesting
import Storage
import Synchronization

/// A table that lets others go first, now and then, before it does anything.
///
/// So what several tasks do to it interleaves in many ways. It shows each state to an observer.
final class InterleavingTable: Table {
    private let table: any Table
    private let random: Mutex<SplitMix64>
    private let afterTransaction: @Sendable (any Table) async -> Void

    /// Wraps `table`; `afterTransaction` is shown it after each transaction that went through.
    init(
        _ table: any Table, seed: UInt64,
        afterTransaction: @escaping @Sendable (any Table) async -> Void
    ) {
        self.table = table
        random = Mutex(SplitMix64(seed: seed))
        self.afterTransaction = afterTransaction
    }

    func get(_ key: TableKey) async throws(TableError) -> TableRow? {
        await letPass()
        return try await table.get(key)
    }

    func query(_ query: TableQuery) async throws(TableError) -> TablePage {
        await letPass()
        return try await table.query(query)
    }

    func due(shard: Int, until: Int64, limit: Int) async throws(TableError) -> [DueEntry] {
        await letPass()
        return try await table.due(shard: shard, until: until, limit: limit)
    }

    func transact(_ writes: [TableWrite]) async throws(TableError) {
        await letPass()
        try await table.transact(writes)
        await afterTransaction(table)
        await letPass()
    }

    private func letPass() async {
        let count = random.withLock { $0.next() % 6 }
        for _ in 0..<count { await Task.yield() }
    }
}
