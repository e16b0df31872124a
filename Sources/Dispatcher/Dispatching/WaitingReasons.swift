// SPDX-License-Identifier: Apache-2.0

import Model
import Repositories
import Seams

/// Leaves on waiting runs why they wait, where that isn't what they say already.
struct WaitingReasons: Sendable {
    /// How many runs are told in one turn, so that a long line doesn't keep the other workspaces.
    private static let perTurn = 16

    let runs: RunStore
    let known: KnownRuns
    let time: any TimeSource
    let timing: PipelineTiming

    /// Tells the first few; answers whether all were told.
    func tell(_ waits: [PendingWait], in workspace: WorkspaceID) async throws -> Bool {
        let untold = waits.filter { $0.entry.facts.reason != $0.reason }
        for wait in untold.prefix(Self.perTurn) {
            try await tell(wait, in: workspace)
        }
        return untold.count <= Self.perTurn
    }

    private func tell(_ wait: PendingWait, in workspace: WorkspaceID) async throws {
        var current = wait.entry.run
        if current == nil { current = try await runs.run(wait.id, in: workspace) }
        guard let run = current, run.status == .queued, run.assignment == nil else {
            return known.forget(wait.id)
        }
        guard let transition = transition(wait.reason, of: run) else {
            known.remember(run)
            return
        }
        let commit = try await runs.store(transition)
        // Refused: somebody else changed the run, so that it is read again when its turn comes.
        guard commit == .committed else { return known.forget(wait.id) }
        known.remember(transition.after)
    }

    private func transition(_ reason: WaitingReason, of run: Run) -> RunTransition? {
        do {
            return try RunLifecycle.apply(.wait(reason), to: run, at: time.now, timing: timing)
        } catch {
            return nil
        }
    }
}
