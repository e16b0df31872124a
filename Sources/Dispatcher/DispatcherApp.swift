// SPDX-License-Identifier: Apache-2.0

import Logging
import Repositories
public import ServiceLifecycle
import ServiceRuntime

/// Stage 2: gives waiting runs to workers, and sees to it that every run comes to an end.
///
/// Any number of dispatchers may work on one table: what each decides is a conditional transaction,
/// so that they can get in each other's way but never contradict each other.
public struct DispatcherApp: Service {
    private let dependencies: DispatcherDependencies
    let parts: DispatcherParts

    /// Creates a dispatcher that does nothing before ``run()``.
    public init(
        configuration: DispatcherConfiguration = DispatcherConfiguration(),
        dependencies: DispatcherDependencies
    ) {
        self.dependencies = dependencies
        parts = DispatcherParts(configuration: configuration, dependencies: dependencies)
    }

    /// Works until a graceful shutdown, or until the task is cancelled.
    ///
    /// What was begun is brought to a certain end; nothing else has to be saved, for all that counts
    /// stands in the table.
    public func run() async throws {
        await cancelWhenGracefulShutdown { await work() }
    }

    private func work() async {
        await readRegistry()
        await withDiscardingTaskGroup { group in
            // The ears first: who is heard early is served early.
            group.addTask { await parts.heartbeats.run() }
            group.addTask { await parts.requests.run() }
            group.addTask { await parts.follower.run() }
            group.addTask { await parts.loop.run() }
            guard dependencies.sweepsEnabled else { return }
            group.addTask { await parts.sweeper.run() }
        }
    }

    /// Reads the executors before the first decision; a failure only delays that.
    private func readRegistry() async {
        do {
            try await dependencies.registry.refresh()
        } catch {
            dependencies.logger.warning(
                "Executor registry could not be read",
                metadata: [LogKeys.operation: "registry", LogKeys.error: "\(error)"])
        }
    }
}
