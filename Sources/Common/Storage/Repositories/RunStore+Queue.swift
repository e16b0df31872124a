// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension RunStore {
    /// Lists the waiting runs of a workspace in the order in which they are served.
    public func waiting(in workspace: WorkspaceID, limit: Int) async throws(TableError) -> [RunID] {
        var runs: [RunID] = []
        var cursor: String?
        repeat {
            let page = try await table.query(
                TableQuery(
                    partition: TableKeys.workspace(workspace).partition, prefix: "WAIT#",
                    after: cursor,
                    limit: limit - runs.count))
            runs += page.rows.compactMap { $0.string(PointerAttribute.runID).map { RunID($0) } }
            cursor = page.next
        } while cursor != nil && runs.count < limit
        return runs
    }

    /// Lists the runs that hold a slot of a workspace.
    public func slotHolders(of workspace: WorkspaceID) async throws(TableError) -> Set<RunID> {
        let row = try await table.get(TableKeys.slots(workspace))
        return Set((row?.strings(SlotsAttribute.runIDs) ?? []).map { RunID($0) })
    }

    /// Frees a slot whose run has no right to it: one that doesn't exist, waits or has ended.
    ///
    /// Goes through only if the run's row is still as it was read (`run`, nil being absent), so
    /// that a slot taken meanwhile stays.
    public func freeStraySlot(
        of id: RunID, in workspace: WorkspaceID, readAs run: Run?
    ) async throws(TableError) -> Bool {
        let key = TableKeys.run(id, in: workspace)
        let unchanged: TableCondition =
            run.map { .equals(RunAttribute.version, .integer($0.version)) } ?? .rowAbsent
        let slots = TableKeys.slots(workspace)
        let commit = try await transactions.commit(
            [
                .check(key, unchanged),
                .update(
                    slots, [.subtract(SlotsAttribute.runIDs, [id.text])],
                    when: .contains(SlotsAttribute.runIDs, id.text)),
            ],
            proof: CommitProof(
                key: slots, condition: .not(.contains(SlotsAttribute.runIDs, id.text))))
        return commit == .committed
    }
}
