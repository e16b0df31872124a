// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension RunStore {
    /// How the creation of a run came out.
    public enum Creation: Equatable, Sendable {
        /// The run is accepted.
        case created
        /// The workspace has had its runs of that day.
        case quotaExceeded
        /// One of the caller's own writes was refused, by position among them.
        case refused([Int])
    }

    /// Accepts a run: its row, pointer, first step, place among the waiting and the day's quota,
    /// with the caller's own writes, in one transaction.
    ///
    /// The day is that of the run's own creation time, chosen once, so that a repetition can't
    /// count on another.
    public func create(
        _ transition: RunTransition, dailyQuota: Int, with more: [TableWrite] = [],
        patience: Duration = .seconds(10)
    ) async throws(TableError) -> Creation {
        let run = transition.after
        let pointer: [String: TableValue] = [
            PointerAttribute.workspaceID: .string(run.workspaceID.text)
        ]
        let quota = TableKeys.quota(run.workspaceID, on: run.createdAt.day)
        let own: [TableWrite] = [
            .update(
                quota,
                [
                    .add(QuotaAttribute.count, 1),
                    .set(
                        TableRow.expiresAtAttribute,
                        .integer(run.createdAt.milliseconds / 1_000 + 3 * 86_400)),
                ],
                when: .any([
                    .absent(QuotaAttribute.count),
                    .lessThan(QuotaAttribute.count, Int64(dailyQuota)),
                ])),
            .put(
                TableRow(key: TableKeys.runPointer(run.id), attributes: pointer), when: .rowAbsent),
            .put(TableRow(key: TableKeys.taskRunLink(run.taskID, run.id), attributes: pointer)),
        ]
        guard dailyQuota > 0 else { return .quotaExceeded }
        let commit = try await store(transition, with: own + more, patience: patience)
        guard case .refused(let positions) = commit else { return .created }
        let first = 1 + transition.events.count + (transition.queue == .none ? 0 : 1)
        let theirs = positions.filter { $0 >= first + own.count }.map { $0 - first - own.count }
        if !theirs.isEmpty { return .refused(theirs) }
        if positions.contains(first) { return .quotaExceeded }
        throw TableError(.corrupt, "the identifier of a new run is taken")
    }

    /// Reads how many runs a workspace created on a day.
    public func runsCreated(in workspace: WorkspaceID, on day: CalendarDay) async throws(TableError)
        -> Int
    {
        Int(
            try await table.get(TableKeys.quota(workspace, on: day))?.integer(QuotaAttribute.count)
                ?? 0)
    }
}
