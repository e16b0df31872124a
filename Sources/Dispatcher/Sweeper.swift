// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
import Seams
import ServiceRuntime

/// Looks, each second, at every run that is due: what no message moved on, it does.
///
/// Any number of sweepers may sweep one table; doing a thing twice is harmless.
struct Sweeper: Sendable {
    /// The most pages of one shard in one sweep; what is left is due in the next.
    private static let pageLimit = 50

    let runs: RunStore
    let handler: DueRunHandler
    let presences: PresenceReader
    let announcer: Announcer
    let memory: SweepMemory
    let failures: FailureLog
    let time: any TimeSource
    let interval: Duration
    let page: Int
    let lanes: Int

    /// Sweeps until the task is cancelled.
    ///
    /// Announcements are awaited beside the sweeps, so that a dead Kafka doesn't hold them up.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for run in await sweep() {
                    group.addTask { await announcer.announce(run) }
                }
                do { try await time.sleep(for: interval) } catch { return }
            }
        }
    }

    /// Sweeps all shards once; answers the ended runs that are to be announced, each with a place
    /// taken at the announcer.
    func sweep() async -> [Run] {
        await presences.look()
        var ended: [Run] = []
        for shard in 0..<Run.dueShardCount where !Task.isCancelled {
            ended += await sweep(shard)
        }
        memory.forgetOld(at: time.elapsed)
        return ended
    }

    /// Sweeps a shard from the start of its index, page by page.
    ///
    /// What was handled isn't due any more, so each page begins at the start again. Entries that stay
    /// (the index is late, or a run can't be handled) make the page longer, and hide nothing.
    private func sweep(_ shard: Int) async -> [Run] {
        var ended: [Run] = []
        var seen: Set<RunID> = []
        var limit = page
        for _ in 0..<Self.pageLimit {
            guard let entries = await due(shard, limit: limit) else { break }
            let fresh = entries.filter { seen.insert($0.run).inserted }
            ended += await handle(fresh)
            guard entries.count == limit, !Task.isCancelled else { break }
            limit = page + (entries.count - fresh.count)
        }
        return ended
    }

    private func due(
        _ shard: Int, limit: Int
    ) async -> [(workspace: WorkspaceID, run: RunID)]? {
        do {
            let entries = try await runs.due(shard: shard, until: time.now, limit: limit)
            failures.succeeded("sweep")
            return entries
        } catch {
            failures.failed("sweep", error)
            return nil
        }
    }

    /// Handles runs, a few at once.
    private func handle(_ entries: [(workspace: WorkspaceID, run: RunID)]) async -> [Run] {
        await withTaskGroup(of: Run?.self) { group in
            var ended: [Run] = []
            for (position, entry) in entries.enumerated() {
                if position >= lanes, let run = await group.next() ?? nil { ended.append(run) }
                group.addTask { await handler.handle(entry.run, in: entry.workspace) }
            }
            for await run in group { if let run { ended.append(run) } }
            return ended
        }
    }
}
