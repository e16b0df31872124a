// SPDX-License-Identifier: Apache-2.0

import Model
import OrderedCollections
import Synchronization

/// Remembers which workspaces wait for a worker, and for which kind, so that a heartbeat wakes those
/// it can help.
///
/// Safe from any task. Beyond the limit none is remembered: the sweeper finds its runs.
final class StarvedWorkspaces: Sendable {
    private let limit: Int
    private let needs = Mutex<OrderedDictionary<WorkspaceID, Set<RunNeeds>>>([:])

    /// Creates a memory of at most `limit` workspaces.
    init(limit: Int) {
        self.limit = limit
    }

    /// Notes what a workspace waits for; nothing means that it doesn't.
    func note(_ workspace: WorkspaceID, waitsFor wanted: Set<RunNeeds>) {
        needs.withLock { needs in
            if wanted.isEmpty {
                needs[workspace] = nil
            } else if needs[workspace] != nil || needs.count < limit {
                needs[workspace] = wanted
            }
        }
    }

    /// What a workspace waits for.
    func needs(of workspace: WorkspaceID) -> Set<RunNeeds> {
        needs.withLock { $0[workspace] ?? [] }
    }

    /// All of them, those that have waited longest first.
    var workspaces: [WorkspaceID] { needs.withLock { Array($0.keys) } }

    /// Those that wait for something that `isServable`, those that have waited longest first.
    ///
    /// Asks once for each kind of need, however many workspaces share it.
    func workspaces(where isServable: (RunNeeds) -> Bool) -> [WorkspaceID] {
        let needs = needs.withLock { $0 }
        var answers: [RunNeeds: Bool] = [:]
        return needs.filter { _, wanted in
            wanted.contains { need in
                let answer = answers[need] ?? isServable(need)
                answers[need] = answer
                return answer
            }
        }.map(\.key)
    }
}
