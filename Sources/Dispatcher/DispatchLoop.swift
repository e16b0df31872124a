// SPDX-License-Identifier: Apache-2.0

import Model
import Repositories
import Synchronization

/// Gives workspaces their turns: those that were woken, one after the other, a few at once.
final class DispatchLoop: Sendable {
    private let turns: WorkspaceTurn
    private let starved: StarvedWorkspaces
    private let workers: WorkerPool
    private let registry: ExecutorRegistry
    private let queue: Mutex<WakeQueue>
    private let bell = Bell()

    /// Creates a loop that takes `turns`.
    init(
        turns: WorkspaceTurn, starved: StarvedWorkspaces, workers: WorkerPool,
        registry: ExecutorRegistry, configuration: DispatcherConfiguration
    ) {
        self.turns = turns
        self.starved = starved
        self.workers = workers
        self.registry = registry
        queue = Mutex(
            WakeQueue(lanes: configuration.lanes, limit: configuration.rememberedWorkspaces))
    }

    /// Gives a workspace a turn.
    func wake(_ workspace: WorkspaceID, for cause: WakeCause = .work) {
        queue.withLock { _ = $0.wake(workspace, for: cause) }
        bell.ring()
    }

    /// Gives a turn to each workspace that waits for a worker, if one has room for it now.
    func wakeServable() {
        let executors = registry.executors
        for workspace in starved.workspaces(where: {
            workers.canServe($0, registry: executors)
        }) {
            wake(workspace, for: .capacity)
        }
    }

    /// Gives a turn to each workspace that waits for a worker, so that it says truly why.
    func wakeStarved() {
        for workspace in starved.workspaces { wake(workspace) }
    }

    /// Serves until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in bell.rings {
                while let turn = nextTurn() {
                    group.addTask { await self.take(turn) }
                }
            }
        }
    }

    /// Takes the first in line, when a lane is free.
    func nextTurn() -> (workspace: WorkspaceID, cause: WakeCause)? {
        queue.withLock { $0.next() }
    }

    /// Serves a workspace, and lets it stand in line again when there is more to do.
    func take(_ turn: (workspace: WorkspaceID, cause: WakeCause)) async {
        let again = await turns.serve(turn.workspace, for: turn.cause)
        queue.withLock { $0.finished(turn.workspace, again: again) }
        bell.ring()
    }
}
