// SPDX-License-Identifier: Apache-2.0

public import Model
public import Seams
public import Storage

/// Runs and their timelines in the table.
public struct RunStore: Sendable {
    let transactions: Transactions
    let identifiers: any IdentifierSource
    var table: any Table { transactions.table }

    /// Creates the store.
    public init(transactions: Transactions, identifiers: any IdentifierSource) {
        self.transactions = transactions
        self.identifiers = identifiers
    }

    /// Reads a run of a workspace; nil when there is none.
    public func run(_ id: RunID, in workspace: WorkspaceID) async throws(TableError) -> Run? {
        guard let row = try await table.get(TableKeys.run(id, in: workspace)) else { return nil }
        return try Run(row: row)
    }

    /// Reads a run of whatever workspace; nil when there is none.
    public func run(_ id: RunID) async throws(TableError) -> Run? {
        guard let workspace = try await workspace(of: id) else { return nil }
        return try await run(id, in: workspace)
    }

    /// Reads which workspace a run belongs to; nil when there is no such run.
    public func workspace(of id: RunID) async throws(TableError) -> WorkspaceID? {
        try await table.get(TableKeys.runPointer(id))?.string(PointerAttribute.workspaceID).map {
            WorkspaceID($0)
        }
    }

    /// Reads a page of a workspace's runs, newest first, after `cursor`.
    public func runs(
        of workspace: WorkspaceID, after cursor: RunID? = nil, limit: Int
    ) async throws(TableError) -> (runs: [Run], next: RunID?) {
        let page = try await table.query(
            TableQuery(
                partition: TableKeys.workspace(workspace).partition, prefix: "RUN#",
                after: cursor.map { "RUN#\($0)" }, limit: limit, reverse: true))
        var runs: [Run] = []
        for row in page.rows { runs.append(try Run(row: row)) }
        return (runs, page.next.map { RunID(String($0.dropFirst("RUN#".count))) })
    }

    /// Lists candidates that are due in one shard; the runs themselves must be read.
    public func due(
        shard: Int, until: Timestamp, limit: Int
    ) async throws(TableError) -> [(workspace: WorkspaceID, run: RunID)] {
        try await table.due(shard: shard, until: until.milliseconds, limit: limit).compactMap {
            entry in
            guard entry.key.partition.hasPrefix("WS#"), entry.key.sort.hasPrefix("RUN#") else {
                return nil
            }
            return (
                WorkspaceID(String(entry.key.partition.dropFirst(3))),
                RunID(String(entry.key.sort.dropFirst(4)))
            )
        }
    }
}
