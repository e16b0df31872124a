// SPDX-License-Identifier: Apache-2.0

import Foundation
import Storage

/// Uses a table that fails now and then as every caller must, so that the failures don't show.
///
/// What is retriable is tried again at once. Each transaction carries a marker row that must not
/// exist yet: after an unknown outcome the same transaction is tried again, and if its marker is in
/// the way by then, it had gone through. A transaction of 100 writes has no room for a marker; its
/// own conditions must make its repetition fail.
struct ResolvingTable: Table {
    private let table: any Table

    init(_ table: any Table) { self.table = table }

    func get(_ key: TableKey) async throws(TableError) -> TableRow? {
        while true {
            do throws(TableError) {
                return try await table.get(key)
            } catch  where error.isRetriable {}
        }
    }

    func query(_ query: TableQuery) async throws(TableError) -> TablePage {
        while true {
            do throws(TableError) {
                return try await table.query(query)
            } catch  where error.isRetriable {}
        }
    }

    func due(shard: Int, until: Int64, limit: Int) async throws(TableError) -> [DueEntry] {
        while true {
            do throws(TableError) {
                return try await table.due(shard: shard, until: until, limit: limit)
            } catch  where error.isRetriable {}
        }
    }

    func transact(_ writes: [TableWrite]) async throws(TableError) {
        let key = TableKey(partition: "MARKERS", sort: UUID().uuidString)
        let marker = TableWrite.put(TableRow(key: key, attributes: [:]), when: .rowAbsent)
        let isMarked = (1..<TableLimits.writes).contains(writes.count)
        var isUnknown = false
        while true {
            do throws(TableError) {
                return try await table.transact(isMarked ? writes + [marker] : writes)
            } catch {
                if error.isRetriable { continue }
                if error.code == .unknownOutcome {
                    isUnknown = true
                    continue
                }
                guard isUnknown, error.code == .conditionFailed else { throw error }
                let wentThrough = !isMarked || error.failedWrites.contains(writes.count)
                if wentThrough { return }
                throw error
            }
        }
    }
}
