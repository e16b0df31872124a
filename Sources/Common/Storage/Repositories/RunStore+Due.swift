// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension RunStore {
    /// Moves the time at which a sweeper looks at the run again, if it is still the one in `run`.
    ///
    /// Doesn't raise the run's version, so that it never gets in the way of the run's worker. A
    /// `false` means that somebody else moved it, or the run is done; nothing is lost by that.
    public func lookAgain(at run: Run, when dueAt: Timestamp) async throws(TableError) -> Bool {
        guard let old = run.dueAt else { return false }
        let change: TableWrite = .update(
            TableKeys.run(run.id, in: run.workspaceID),
            [.set(RunAttribute.dueAt, .integer(dueAt.milliseconds))],
            when: .equals(RunAttribute.dueAt, .integer(old.milliseconds)))
        return try await commitHarmless(change)
    }

    /// Takes an ended run out of the sweepers' sight, once its terminal event was acknowledged by
    /// Kafka.
    public func announced(_ run: RunID, in workspace: WorkspaceID) async throws(TableError) -> Bool
    {
        let ended: [TableCondition] = RunStatus.allCases.filter(\.isTerminal).map {
            .equals(RunAttribute.status, .string($0.rawValue))
        }
        let change: TableWrite = .update(
            TableKeys.run(run, in: workspace),
            [.remove(RunAttribute.dueAt), .remove(RunAttribute.dueShard)], when: .any(ended))
        return try await commitHarmless(change)
    }

    /// Does a write that does no harm when it is done twice, so that a lost answer may count as a
    /// no.
    private func commitHarmless(_ write: TableWrite) async throws(TableError) -> Bool {
        do throws(TableError) {
            try await table.transact([write])
            return true
        } catch
            where error.code == .conditionFailed || error.code == .unknownOutcome
            || error.code == .contention
        {
            return false
        }
    }
}
