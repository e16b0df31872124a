// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
public import ServiceLifecycle
import ServiceRuntime

/// Stage 3: a worker that executes runs with the agents of the registry.
///
/// It says that it is there, hears which runs are offered to it, claims those it has a slot for,
/// works on them and reports. Everything it decides stands in the table; what it hears only says
/// where to look.
public struct ExecutorApp: Service {
    private let configuration: ExecutorConfiguration
    private let dependencies: ExecutorDependencies
    private let desk: WorkerDesk

    /// Creates a worker that does nothing before ``run()``.
    ///
    /// - Throws: ``ExecutorError`` `invalidConfiguration`.
    public init(
        configuration: ExecutorConfiguration, dependencies: ExecutorDependencies
    ) throws(ExecutorError) {
        try configuration.validate()
        self.configuration = configuration
        var dependencies = dependencies
        dependencies.logger[metadataKey: LogKeys.workerID] = "\(configuration.workerID)"
        self.dependencies = dependencies
        desk = WorkerDesk(slots: configuration.slots)
    }

    /// Works until a graceful shutdown is over, or the task is cancelled.
    ///
    /// A graceful shutdown takes no more runs, lets agents go on for the configured grace, fails
    /// the rest as `worker_shutdown` and returns when nothing of them is left. Cancelling ends the
    /// agents at once and writes nothing more: the sweepers end their runs.
    ///
    /// - Throws: ``ExecutorError`` `workFolderUnusable`.
    public func run() async throws {
        let folder = try await WorkFolder.open(configuration, logger: dependencies.logger)
        await withGracefulShutdownHandler {
            await work(in: folder)
        } onGracefulShutdown: {
            desk.drain()
        }
        await folder.close()
    }

    private func work(in folder: WorkFolder) async {
        let served = ServedExecutors(registry: dependencies.registry, only: configuration.only)
        let heartbeat = Heartbeat(
            workerID: configuration.workerID, desk: desk, served: served,
            dependencies: dependencies)
        let intake = AssignmentIntake(
            workerID: configuration.workerID, desk: desk, served: served,
            dependencies: dependencies)
        await readRegistry()
        await withTaskGroup(of: Void.self) { group in
            // The ears first: an assignment that follows the first heartbeat should be heard.
            group.addTask { await intake.run() }
            group.addTask { await ControlListener(desk: desk, source: dependencies.source).run() }
            group.addTask { await heartbeat.run() }
            group.addTask { await execute(in: folder, served: served) }
            await shutDown()
            group.cancelAll()
        }
        await heartbeat.leave()
    }

    /// Reads the executors before the first heartbeat names them; a failure only delays that.
    private func readRegistry() async {
        do {
            try await dependencies.registry.refresh()
        } catch {
            dependencies.logger.warning(
                "Executor registry could not be read",
                metadata: [LogKeys.operation: "registry", LogKeys.error: "\(error)"])
        }
    }

    /// Answers each bell in a task of its own, so that a run of minutes holds up nothing.
    private func execute(in folder: WorkFolder, served: ServedExecutors) async {
        let claims = RunClaims(
            workerID: configuration.workerID, desk: desk, served: served,
            dependencies: dependencies)
        await withDiscardingTaskGroup { group in
            for await bell in desk.bells {
                group.addTask {
                    guard let claim = await claims.answer(bell) else { return }
                    await RunExecution(
                        claim, in: folder, configuration: configuration,
                        dependencies: dependencies
                    ).run { desk.freeSlot(of: claim.run.id) }
                    desk.release(claim.run.id)
                }
            }
        }
    }

    /// Waits for a shutdown, then until every run has left, with the configured grace.
    private func shutDown() async {
        await desk.draining()
        guard !Task.isCancelled else { return }
        dependencies.logger.info(
            "Worker drains",
            metadata: [LogKeys.operation: "shutdown", ExecutorLogKeys.runIDs: "\(desk.runs)"])
        let isIdle = await desk.idle(within: configuration.shutdownGrace, dependencies.time)
        guard !isIdle, !Task.isCancelled else { return }
        dependencies.logger.warning(
            "Shutdown ends runs",
            metadata: [LogKeys.operation: "shutdown", ExecutorLogKeys.runIDs: "\(desk.runs)"])
        desk.stopAll(.shutdown)
        await desk.idle()
    }
}
