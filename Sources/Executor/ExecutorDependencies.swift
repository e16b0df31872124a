// SPDX-License-Identifier: Apache-2.0

public import Logging
public import Model
public import Records
public import Repositories
public import Seams
public import Storage

/// Everything a worker reaches the world through.
public struct ExecutorDependencies: Sendable {
    /// Runs and their timelines.
    public var runs: RunStore
    /// Workspaces and their archives.
    public var workspaces: WorkspaceStore
    /// The executors; kept fresh by whoever made it, see `ExecutorRegistry.run()`.
    public var registry: ExecutorRegistry
    /// Where workers and dispatchers meet while Kafka is away.
    public var rendezvous: WorkerRendezvous
    /// Archives, task specifications and artifacts.
    public var objects: any ObjectStore
    /// What the worker says.
    public var publisher: any RecordPublisher
    /// What the worker hears.
    public var source: any RecordSource
    /// The clocks.
    public var time: any TimeSource
    /// Identifiers and lease tokens.
    public var identifiers: any IdentifierSource
    /// Jitter.
    public var random: any RandomSource
    /// The times by which the stages work together.
    public var timing: PipelineTiming
    /// The configured limits; a workspace's own are laid over them.
    public var guardrails: Guardrails
    /// Where the worker logs.
    public var logger: Logger

    /// Gathers the dependencies.
    public init(
        runs: RunStore, workspaces: WorkspaceStore, registry: ExecutorRegistry,
        rendezvous: WorkerRendezvous, objects: any ObjectStore,
        publisher: any RecordPublisher, source: any RecordSource, time: any TimeSource,
        identifiers: any IdentifierSource, random: any RandomSource,
        timing: PipelineTiming = PipelineTiming(), guardrails: Guardrails = Guardrails(),
        logger: Logger
    ) {
        self.runs = runs
        self.workspaces = workspaces
        self.registry = registry
        self.rendezvous = rendezvous
        self.objects = objects
        self.publisher = publisher
        self.source = source
        self.time = time
        self.identifiers = identifiers
        self.random = random
        self.timing = timing
        self.guardrails = guardrails
        self.logger = logger
    }
}
