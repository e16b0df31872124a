// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import Storage
import TestSupport

@testable import Dispatcher

/// A dispatcher on a workbench: its table, its clock and what it hears are the test's.
struct Bench {
    static let executor = ExecutorRecord(
        executorName: "kiro", supportedTaskTypes: TaskType.allCases,
        endpoint: "kafka:run.assignments", status: .active,
        config: ExecutorConfig(protocol: .command, command: ["true"]))

    let table: any Table
    let time: any TimeSource
    let publisher = RecordingPublisher()
    let source = ScriptedSource()
    let identifiers: SeededIdentifiers
    let runs: RunStore
    let workspaces: WorkspaceStore
    let executors: ExecutorStore
    let registry: ExecutorRegistry
    let rendezvous: WorkerRendezvous
    let app: DispatcherApp

    /// Builds a dispatcher and registers the executor `kiro`.
    init(
        table: any Table = MemoryTable(), time: any TimeSource, seed: UInt64 = 1,
        configuration: DispatcherConfiguration = DispatcherConfiguration(),
        guardrails: Guardrails = Guardrails(), sweepsEnabled: Bool = true
    ) async throws {
        self.table = table
        self.time = time
        let random = SeededRandom(seed: seed)
        let transactions = Transactions(table: table, time: time, random: random)
        let logger = Logger(label: "dispatcher") { _ in SwiftLogNoOpLogHandler() }
        identifiers = SeededIdentifiers(seed: seed, time: time)
        runs = RunStore(transactions: transactions, identifiers: identifiers)
        workspaces = WorkspaceStore(transactions: transactions)
        executors = ExecutorStore(table: table)
        registry = ExecutorRegistry(store: executors, time: time, logger: logger)
        rendezvous = WorkerRendezvous(table: table)
        app = DispatcherApp(
            configuration: configuration,
            dependencies: DispatcherDependencies(
                runs: runs, workspaces: workspaces, registry: registry, rendezvous: rendezvous,
                publisher: publisher, source: source, time: time, identifiers: identifiers,
                random: random, guardrails: guardrails, logger: logger,
                sweepsEnabled: sweepsEnabled))
        try await register(Self.executor)
    }

    /// Registers an executor, and lets the dispatcher know.
    func register(_ record: ExecutorRecord) async throws {
        try await executors.put(record)
        try await registry.refresh()
    }

    /// Gives turns until nobody wants one.
    func drain() async {
        while let turn = app.parts.loop.nextTurn() { await app.parts.loop.take(turn) }
    }

    /// Gives exactly one turn.
    func takeTurn() async {
        if let turn = app.parts.loop.nextTurn() { await app.parts.loop.take(turn) }
    }

    /// Sweeps once, announces, and serves whom that woke.
    func sweep() async {
        for run in await app.parts.sweeper.sweep() {
            await app.parts.sweeper.announcer.announce(run)
        }
        await drain()
    }

    /// Lets the dispatcher hear a record and serves whom that woke.
    func hear(_ record: Record) async {
        app.parts.requests.hear(record)
        app.parts.heartbeats.hear(record)
        await drain()
    }
}
