// SPDX-License-Identifier: Apache-2.0

import Storage
import Synchronization

/// A time during which a table can't be reached, as a test decides.
final class Outage: Sendable {
    private let state = Mutex((isOn: false, refusals: 0))

    var refusals: Int { state.withLock { $0.refusals } }
    func begin() { state.withLock { $0.isOn = true } }
    func end() { state.withLock { $0.isOn = false } }

    /// Throws while the outage lasts.
    func pass() throws(TableError) {
        let isOn = state.withLock { state in
            if state.isOn { state.refusals += 1 }
            return state.isOn
        }
        if isOn { throw TableError(.unavailable, "The test wants it so.") }
    }
}

/// A table that can't be reached during an outage.
struct UnreachableTable: Table {
    private let table: any Table
    private let outage: Outage

    init(_ table: any Table, during outage: Outage) {
        self.table = table
        self.outage = outage
    }

    func get(_ key: TableKey) async throws(TableError) -> TableRow? {
        try outage.pass()
        return try await table.get(key)
    }

    func query(_ query: TableQuery) async throws(TableError) -> TablePage {
        try outage.pass()
        return try await table.query(query)
    }

    func transact(_ writes: [TableWrite]) async throws(TableError) {
        try outage.pass()
        try await table.transact(writes)
    }

    func due(shard: Int, until: Int64, limit: Int) async throws(TableError) -> [DueEntry] {
        try outage.pass()
        return try await table.due(shard: shard, until: until, limit: limit)
    }
}
