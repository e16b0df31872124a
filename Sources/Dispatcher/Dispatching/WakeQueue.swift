// SPDX-License-Identifier: Apache-2.0

import DequeModule
import Model

/// The workspaces that want a turn: each stands in line once, and goes to the end after its turn.
///
/// Pure. A workspace is never served twice at the same time; woken meanwhile, it gets another turn.
struct WakeQueue: Sendable {
    private let lanes: Int
    private let limit: Int
    private var line: Deque<WorkspaceID> = []
    private var causes: [WorkspaceID: WakeCause] = [:]
    private var served: Set<WorkspaceID> = []

    /// Creates an empty queue for so many turns at once, in which at most `limit` workspaces stand.
    init(lanes: Int, limit: Int) {
        self.lanes = max(1, lanes)
        self.limit = max(1, limit)
    }

    /// Lets a workspace stand in line; answers false when the line is full, and the sweeper has to
    /// find it again.
    @discardableResult
    mutating func wake(_ workspace: WorkspaceID, for cause: WakeCause) -> Bool {
        if let known = causes[workspace] {
            causes[workspace] = max(known, cause)
            return true
        }
        guard causes.count < limit else { return false }
        causes[workspace] = cause
        if !served.contains(workspace) { line.append(workspace) }
        return true
    }

    /// Takes the first in line, when a lane is free.
    mutating func next() -> (workspace: WorkspaceID, cause: WakeCause)? {
        guard served.count < lanes, let workspace = line.popFirst() else { return nil }
        served.insert(workspace)
        return (workspace, causes.removeValue(forKey: workspace) ?? .work)
    }

    /// Ends a turn; with `again` the workspace has more to do, and goes to the end of the line.
    mutating func finished(_ workspace: WorkspaceID, again: Bool) {
        served.remove(workspace)
        if causes[workspace] != nil {
            line.append(workspace)
            if again { causes[workspace] = .work }
        } else if again {
            wake(workspace, for: .work)
        }
    }
}
