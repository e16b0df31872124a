// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
import Seams
import ServiceRuntime

/// One turn of one workspace: gives its first run that can go to a worker, or leaves on its waiting
/// runs why they can't.
///
/// At most one run a turn, so that workspaces share the workers' room in turn.
struct WorkspaceTurn: Sendable {
    /// How often a turn reads and decides again after somebody else was faster.
    private static let attempts = 3

    let runs: RunStore
    let guardrails: GuardrailCache
    let registry: ExecutorRegistry
    let workers: WorkerPool
    let known: KnownRuns
    let starved: StarvedWorkspaces
    let offering: Offering
    let reasons: WaitingReasons
    let slotRepair: SlotRepair
    let offerBell: Bell
    let failures: FailureLog
    let waitingRunsRead: Int

    private enum Progress {
        /// A run was offered: there may be room for the next.
        case offered
        /// Nothing more can be done now.
        case done
        /// There is more to do, which can wait for others' turns.
        case more
        /// Somebody else changed what was decided from.
        case overtaken
    }

    /// Serves a workspace; answers whether it has more to do.
    func serve(_ workspace: WorkspaceID, for cause: WakeCause) async -> Bool {
        guard cause == .work || hasRoom(for: workspace) else { return false }
        do {
            for attempt in 1...Self.attempts {
                switch try await serve(workspace, isLast: attempt == Self.attempts) {
                case .done: return finish(again: false)
                case .offered, .more: return finish(again: true)
                case .overtaken: continue
                }
            }
            return finish(again: true)
        } catch {
            failures.failed("dispatch", error, [LogKeys.workspaceID: "\(workspace)"])
            return false
        }
    }

    private func finish(again: Bool) -> Bool {
        failures.succeeded("dispatch")
        return again
    }

    private func hasRoom(for workspace: WorkspaceID) -> Bool {
        let executors = registry.executors
        return starved.needs(of: workspace).contains {
            workers.canServe($0, registry: executors)
        }
    }

    /// Reads, decides and does what can be done.
    ///
    /// In the last attempt a run that is not as it was read is passed over, so that it can't keep the
    /// others from going.
    private func serve(_ workspace: WorkspaceID, isLast: Bool) async throws -> Progress {
        async let readHolders = runs.slotHolders(of: workspace)
        async let readLimit = guardrails.guardrails(of: workspace).concurrencyLimit
        let line = try await runs.waiting(in: workspace, limit: waitingRunsRead)
        let (holders, limit) = try await (readHolders, readLimit)
        var waits: [PendingWait] = []
        for id in line {
            guard let entry = try await entry(of: id, in: workspace) else { continue }
            if let reason = GuardrailStage.reasonToWait(
                id, slotHolders: holders, concurrencyLimit: limit)
            {
                waits.append(PendingWait(id: id, entry: entry, reason: reason))
                continue
            }
            switch try await offering.offer(id, in: workspace, entry, limit: limit) {
            case .offered: return .offered
            case .full: return .overtaken
            case .overtaken where !isLast: return .overtaken
            case .overtaken, .gone: continue
            case .wait(let reason):
                waits.append(PendingWait(id: id, entry: entry, reason: reason))
            }
        }
        return try await conclude(
            workspace, waits, isFull: !line.isEmpty && holders.count >= limit, holders)
    }

    /// What is known of a waiting run; nil when it doesn't wait any more.
    private func entry(of id: RunID, in workspace: WorkspaceID) async throws -> WaitingEntry? {
        if let facts = known.facts(of: id) { return WaitingEntry(facts: facts, run: nil) }
        guard let run = try await runs.run(id, in: workspace), run.status == .queued,
            run.assignment == nil
        else { return nil }
        return WaitingEntry(facts: known.remember(run), run: run)
    }

    /// Nobody can go now: remembers who waits for a worker, tells all why, looks for stray slots.
    private func conclude(
        _ workspace: WorkspaceID, _ waits: [PendingWait], isFull: Bool, _ holders: Set<RunID>
    ) async throws -> Progress {
        let hungry = waits.filter { $0.reason != .concurrencyLimit }
        starved.note(workspace, waitsFor: Set(hungry.map(\.entry.facts.needs)))
        if hungry.contains(where: { $0.reason == .workersBusy }), !workers.openOffers.isEmpty {
            offerBell.ring()
        }
        if isFull, try await slotRepair.repair(workspace, holders: holders) { return .more }
        return try await reasons.tell(waits, in: workspace) ? .done : .more
    }
}
