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
    private let configuration: DispatcherConfiguration
    private let dependencies: DispatcherDependencies

    /// Creates a dispatcher that does nothing before ``run()``.
    public init(
        configuration: DispatcherConfiguration = DispatcherConfiguration(),
        dependencies: DispatcherDependencies
    ) {
        self.configuration = configuration
        self.dependencies = dependencies
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
