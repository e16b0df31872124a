// SPDX-License-Identifier: Apache-2.0

import ExecutorService
import FolderStorage
import Logging
import Model
import Processes
import Records
import Repositories
import Seams
import ServiceLifecycle
import Storage
import TestSupport

/// A stage for workers: a real table, object store and clock, real agents, and a test that plays
/// Intake, dispatcher and Kafka.
struct WorkerStage: Sendable {
    let table: any Table
    let objects: any ObjectStore
    /// What all workers say.
    let publisher = RecordingPublisher()
    /// What all workers hear.
    let source = ScriptedSource()
    let runs: RunStore
    let workspaces: WorkspaceStore
    let executors: ExecutorStore
    let rendezvous: WorkerRendezvous
    let identifiers = SystemIdentifiers()
    let time = SystemTime()
    let workspace: WorkspaceID
    /// A folder for this test alone; workers work in `work` below it.
    let folder: String

    /// The name of the executor that ``register(_:promptVia:environment:)`` makes by default.
    static let executorName = "scripted"

    /// Lends a stage, and fails the test when a file or a process of it is left.
    ///
    /// `wrap` may stand something between the workers and their table.
    static func with(
        table wrap: @escaping @Sendable (any Table) -> any Table = { $0 },
        objects wrapStore: @escaping @Sendable (any ObjectStore) -> any ObjectStore = { $0 },
        _ body: @escaping @Sendable (WorkerStage) async throws -> Void
    ) async throws {
        try await withSQLiteTable { table in
            try await withFolderStore { objects, _ in
                try await withTemporaryDirectory { folder in
                    let stage = WorkerStage(
                        table: wrap(table), objects: wrapStore(objects), folder: folder)
                    try await stage.createWorkspace()
                    try await body(stage)
                    try stage.expectNothingLeft()
                }
            }
        }
    }

    private init(table: any Table, objects: any ObjectStore, folder: String) {
        self.table = table
        self.objects = objects
        self.folder = folder
        let transactions = Transactions(table: table, time: SystemTime(), random: SystemRandom())
        runs = RunStore(transactions: transactions, identifiers: identifiers)
        workspaces = WorkspaceStore(transactions: transactions)
        executors = ExecutorStore(table: table)
        rendezvous = WorkerRendezvous(table: table)
        workspace = identifiers.next()
    }

    // MARK: Workers

    /// The times of a test: short where something is waited for, long where it must not happen.
    static var timing: PipelineTiming {
        var timing = PipelineTiming()
        timing.heartbeatInterval = .milliseconds(200)
        timing.leaseRenewalInterval = .milliseconds(200)
        timing.terminateGrace = .milliseconds(500)
        return timing
    }

    /// The configuration of a worker of this stage.
    func configuration(_ workerID: String = "worker-1") throws -> ExecutorConfiguration {
        var configuration = ExecutorConfiguration(
            workerID: workerID, workFolder: folder + "/work",
            agentHostPath: try HostExecutable.locate())
        configuration.uploadBaseDelay = .milliseconds(5)
        configuration.announcementPatience = .seconds(2)
        configuration.shutdownGrace = .seconds(30)
        return configuration
    }

    /// Runs a worker for as long as `body` takes, then shuts it down gracefully.
    ///
    /// The worker is there when `body` begins. `table` is what the worker alone sees; `refreshing`
    /// has its registry read again and again, as a server does.
    func withWorker(
        _ configuration: ExecutorConfiguration? = nil, timing: PipelineTiming = timing,
        table: (any Table)? = nil, guardrails: Guardrails = Guardrails(),
        refreshing: Bool = false,
        _ body: @escaping @Sendable (ServiceGroup) async throws -> Void
    ) async throws {
        let dependencies = dependencies(timing, table ?? self.table, guardrails)
        let worker = try ExecutorApp(
            configuration: try configuration ?? self.configuration(), dependencies: dependencies)
        let group = ServiceGroup(
            configuration: .init(
                services: [worker], gracefulShutdownSignals: [], logger: Self.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask { if refreshing { await dependencies.registry.run() } }
            let result: Result<Void, any Error>
            do {
                try await source.waitForListener(on: .runAssignments)
                result = .success(try await body(group))
            } catch {
                result = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.next()
            if !refreshing { try await tasks.next() }
            tasks.cancelAll()
            try result.get()
        }
    }

    /// A worker that nobody runs yet.
    func worker() throws -> ExecutorApp {
        try ExecutorApp(
            configuration: try configuration(),
            dependencies: dependencies(Self.timing, table, Guardrails()))
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func dependencies(
        _ timing: PipelineTiming, _ table: any Table, _ guardrails: Guardrails
    ) -> ExecutorDependencies {
        let transactions = Transactions(table: table, time: time, random: SystemRandom())
        return ExecutorDependencies(
            runs: RunStore(transactions: transactions, identifiers: identifiers),
            workspaces: WorkspaceStore(transactions: transactions),
            registry: ExecutorRegistry(
                store: ExecutorStore(table: table), time: time, logger: Self.logger),
            rendezvous: WorkerRendezvous(table: table), objects: objects, publisher: publisher,
            source: source, time: time, identifiers: identifiers, random: SystemRandom(),
            timing: timing, guardrails: guardrails, logger: Self.logger)
    }
}
