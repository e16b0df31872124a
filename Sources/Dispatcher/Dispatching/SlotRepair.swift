// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
import Seams
import ServiceRuntime
import Synchronization

/// Frees slots of a full workspace whose runs have no right to them.
///
/// No transaction leaves such a slot behind; this is for what nobody thought of, so it looks at a
/// workspace only every few seconds. Safe from any task.
final class SlotRepair: Sendable {
    private let runs: RunStore
    private let time: any TimeSource
    private let interval: Duration
    private let limit: Int
    private let logger: Logger
    private let checked = Mutex<[WorkspaceID: Duration]>([:])

    /// Creates a repair that looks at a workspace once in `interval`, and remembers at most `limit`.
    init(
        runs: RunStore, time: any TimeSource, interval: Duration, limit: Int, logger: Logger
    ) {
        self.runs = runs
        self.time = time
        self.interval = interval
        self.limit = max(1, limit)
        self.logger = logger
    }

    /// Checks each holder of a slot; answers whether a slot was freed.
    func repair(_ workspace: WorkspaceID, holders: Set<RunID>) async throws -> Bool {
        guard isDue(workspace) else { return false }
        var isFreed = false
        for id in holders.sorted() {
            let run = try await runs.run(id, in: workspace)
            guard Self.isStray(run),
                try await runs.freeStraySlot(of: id, in: workspace, readAs: run)
            else { continue }
            isFreed = true
            logger.warning(
                "Stray slot freed",
                metadata: [
                    LogKeys.operation: "repair", LogKeys.runID: "\(id)",
                    LogKeys.workspaceID: "\(workspace)",
                ])
        }
        return isFreed
    }

    /// Whether a holder has no right to its slot: it doesn't exist, waits or has ended.
    static func isStray(_ run: Run?) -> Bool {
        guard let run else { return true }
        return run.status.isTerminal || (run.status == .queued && run.assignment == nil)
    }

    private func isDue(_ workspace: WorkspaceID) -> Bool {
        let now = time.elapsed
        return checked.withLock { checked in
            if let last = checked[workspace], now - last < interval { return false }
            if checked.count >= limit { checked.removeAll() }
            checked[workspace] = now
            return true
        }
    }
}
