// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
import Model
import Records
import Repositories
public import ServiceLifecycle

/// Stage 1: validates, admits and records what clients ask for, and rings the dispatchers.
///
/// ``makeRouter()`` is what an HTTP server serves; ``run()`` keeps what the answers are made from
/// up to date.
public struct IntakeApp: Service {
    /// How many heartbeats wait to be noted before the oldest are dropped.
    private static let heartbeatBuffer = 1_024

    private let dependencies: IntakeDependencies
    private let workers: WorkerWatch
    private let creations = WorkspaceQueue()

    /// Creates the stage; nothing happens before ``run()``.
    public init(dependencies: IntakeDependencies) {
        self.dependencies = dependencies
        workers = WorkerWatch(time: dependencies.time, timing: dependencies.timing)
    }

    /// Makes the routes with all that stands before and behind them.
    public func makeRouter() -> Router<IntakeRequestContext> {
        Routes(dependencies: dependencies, workers: workers, creations: creations).makeRouter()
    }

    /// Listens to the workers' heartbeats, until the task is cancelled
    /// or the process shuts down gracefully.
    public func run() async throws {
        let heartbeats = dependencies.source.records(
            on: [.executorHeartbeats], buffer: Self.heartbeatBuffer)
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await record in heartbeats {
                        if case .heartbeat(let heartbeat) = record { workers.heard(heartbeat) }
                    }
                }
                await group.waitForAll()
            }
        }
    }
}
