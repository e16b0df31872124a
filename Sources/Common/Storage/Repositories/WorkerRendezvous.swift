// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

/// Where workers and dispatchers meet while Kafka can't carry their messages: presence and bells as
/// rows.
///
/// Nothing here is needed while Kafka works, and nothing here decides anything: a bell, like a
/// message, only says «look there now».
public struct WorkerRendezvous: Sendable {
    private static let heartbeat = "heartbeat"
    private let table: any Table

    /// Creates the meeting place.
    public init(table: any Table) {
        self.table = table
    }

    /// Says that a worker is there; `expiresAt` lets the table forget it.
    public func present(_ heartbeat: WorkerHeartbeat, expiresAt: Timestamp) async throws(TableError)
    {
        let text: String
        do { text = try JSONText.string(heartbeat) } catch {
            throw TableError(.invalidRequest, "a heartbeat can't be written as JSON", cause: error)
        }
        let attributes: [String: TableValue] = [
            Self.heartbeat: .string(text),
            TableRow.expiresAtAttribute: .integer(expiresAt.milliseconds / 1_000),
        ]
        try await table.transact([
            .put(
                TableRow(key: TableKeys.workerPresence(heartbeat.workerID), attributes: attributes))
        ])
    }

    /// Reads what workers last said here, however long ago: a count that rises is what shows life.
    public func presences() async throws(TableError) -> [WorkerHeartbeat] {
        let page = try await table.query(
            TableQuery(partition: "SYS", prefix: "WORKER#", limit: 1_000))
        return page.rows.compactMap { row in
            row.string(Self.heartbeat).flatMap {
                try? JSONText.decode(WorkerHeartbeat.self, from: $0)
            }
        }
    }

    /// Takes a worker's presence away, when it leaves.
    public func leave(_ workerID: String) async throws(TableError) {
        try await table.transact([.delete(TableKeys.workerPresence(workerID))])
    }

    /// Rings a worker for a run that was assigned to it.
    public func ring(_ workerID: String, for run: RunID, in workspace: WorkspaceID)
        async throws(TableError)
    {
        try await table.transact([
            .put(
                TableRow(
                    key: TableKeys.workerBell(workerID, run),
                    attributes: [PointerAttribute.workspaceID: .string(workspace.text)]))
        ])
    }

    /// Lists the bells of a worker.
    public func bells(of workerID: String) async throws(TableError) -> [(
        workspace: WorkspaceID, run: RunID
    )] {
        let page = try await table.query(
            TableQuery(partition: "WORKER#\(workerID)", prefix: "BELL#"))
        return page.rows.compactMap { row in
            row.string(PointerAttribute.workspaceID).map {
                (WorkspaceID($0), RunID(String(row.key.sort.dropFirst("BELL#".count))))
            }
        }
    }

    /// Takes a bell away, once it was answered.
    public func answered(_ workerID: String, _ run: RunID) async throws(TableError) {
        try await table.transact([.delete(TableKeys.workerBell(workerID, run))])
    }
}
