// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

/// Workspaces, their tasks and archives in the table.
public struct WorkspaceStore: Sendable {
    private let transactions: Transactions
    private var table: any Table { transactions.table }

    /// Creates the store.
    public init(transactions: Transactions) {
        self.transactions = transactions
    }

    /// Adds a workspace and its owner's membership.
    ///
    /// `.refused` means that its identifier is taken.
    public func create(_ workspace: Workspace, owner username: String) async throws(TableError)
        -> Commit
    {
        let row = try workspace.row
        let membership = TableRow(
            key: TableKeys.membership(username, workspace.id),
            attributes: [PointerAttribute.workspaceID: .string(workspace.id.text)])
        return try await transactions.commit(
            [.put(row, when: .rowAbsent), .put(membership)],
            proof: CommitProof(key: row.key, condition: .rowExists))
    }

    /// Reads a workspace; nil when there is none.
    public func workspace(_ id: WorkspaceID) async throws(TableError) -> Workspace? {
        guard let row = try await table.get(TableKeys.workspace(id)) else { return nil }
        return try Workspace(row: row)
    }

    /// Reads a page of a user's workspaces, newest first, after `cursor`.
    public func workspaces(
        of username: String, after cursor: WorkspaceID? = nil, limit: Int
    ) async throws(TableError) -> (workspaces: [Workspace], next: WorkspaceID?) {
        let page = try await table.query(
            TableQuery(
                partition: TableKeys.user(username).partition, prefix: "WS#",
                after: cursor.map { "WS#\($0)" },
                limit: limit, reverse: true))
        var workspaces: [Workspace] = []
        for row in page.rows {
            let id = WorkspaceID(String(row.key.sort.dropFirst("WS#".count)))
            if let workspace = try await workspace(id) { workspaces.append(workspace) }
        }
        return (workspaces, page.next.map { WorkspaceID(String($0.dropFirst("WS#".count))) })
    }

    /// Adds a task and the pointer to it.
    ///
    /// `.refused` means that its identifier is taken.
    public func create(_ task: CodexTask) async throws(TableError) -> Commit {
        let row = try task.row
        let pointer = TableRow(
            key: TableKeys.taskPointer(task.id),
            attributes: [PointerAttribute.workspaceID: .string(task.workspaceID.text)])
        return try await transactions.commit(
            [.put(row, when: .rowAbsent), .put(pointer)],
            proof: CommitProof(key: row.key, condition: .rowExists))
    }

    /// Reads which workspace a task belongs to; nil when there is no such task.
    public func workspace(of id: TaskID) async throws(TableError) -> WorkspaceID? {
        try await table.get(TableKeys.taskPointer(id))?.string(PointerAttribute.workspaceID).map {
            WorkspaceID($0)
        }
    }

    /// Reads a task of a workspace; nil when there is none.
    public func task(_ id: TaskID, in workspace: WorkspaceID) async throws(TableError) -> CodexTask?
    {
        guard let row = try await table.get(TableKeys.task(id, in: workspace)) else { return nil }
        return try CodexTask(row: row)
    }

    /// Reads a page of a workspace's tasks, newest first, after `cursor`.
    public func tasks(
        of workspace: WorkspaceID, after cursor: TaskID? = nil, limit: Int
    ) async throws(TableError) -> (tasks: [CodexTask], next: TaskID?) {
        let page = try await table.query(
            TableQuery(
                partition: TableKeys.workspace(workspace).partition, prefix: "TASK#",
                after: cursor.map { "TASK#\($0)" }, limit: limit, reverse: true))
        var tasks: [CodexTask] = []
        for row in page.rows { tasks.append(try CodexTask(row: row)) }
        return (tasks, page.next.map { TaskID(String($0.dropFirst("TASK#".count))) })
    }

    /// Derives how far a task has come from its runs.
    public func status(of task: CodexTask) async throws(TableError) -> TaskStatus {
        var status = TaskStatus.pending
        var cursor: String?
        repeat {
            let page = try await table.query(
                TableQuery(
                    partition: TableKeys.taskPointer(task.id).partition, prefix: "RUN#",
                    after: cursor, reverse: true))
            for row in page.rows {
                let run = RunID(String(row.key.sort.dropFirst("RUN#".count)))
                guard let row = try await table.get(TableKeys.run(run, in: task.workspaceID)) else {
                    continue
                }
                guard try Run(row: row).status.isTerminal else { return .active }
                status = .completed
            }
            cursor = page.next
        } while cursor != nil
        return status
    }

    /// Records an archive.
    ///
    /// `.refused` means that its identifier is taken.
    public func create(_ archive: WorkspaceArchive) async throws(TableError) -> Commit {
        let row = try archive.row
        return try await transactions.commit(
            [.put(row, when: .rowAbsent)], proof: CommitProof(key: row.key, condition: .rowExists))
    }

    /// Reads an archive of a workspace; nil when there is none.
    public func archive(_ id: ArchiveID, in workspace: WorkspaceID) async throws(TableError)
        -> WorkspaceArchive?
    {
        guard let row = try await table.get(TableKeys.archive(id, in: workspace)) else {
            return nil
        }
        return try WorkspaceArchive(row: row)
    }
}
