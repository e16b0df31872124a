// SPDX-License-Identifier: Apache-2.0

public import Logging
public import Model
public import Records
public import Repositories
public import Seams

/// Everything a dispatcher reaches the world through.
public struct DispatcherDependencies: Sendable {
    /// Runs, their timelines, queues and slots.
    public var runs: RunStore
    /// Workspaces, for their own limits.
    public var workspaces: WorkspaceStore
    /// The executors; kept fresh by whoever made it, see `ExecutorRegistry.run()`.
    public var registry: ExecutorRegistry
    /// Where workers and dispatchers meet while Kafka is away.
    public var rendezvous: WorkerRendezvous
    /// What the dispatcher says.
    public var publisher: any RecordPublisher
    /// What the dispatcher hears.
    public var source: any RecordSource
    /// The clocks.
    public var time: any TimeSource
    /// Identifiers of assignments.
    public var identifiers: any IdentifierSource
    /// Jitter.
    public var random: any RandomSource
    /// The times by which the stages work together.
    public var timing: PipelineTiming
    /// The configured limits; a workspace's own are laid over them.
    public var guardrails: Guardrails
    /// Where the dispatcher logs.
    public var logger: Logger
    /// Whether this dispatcher sweeps; without sweeps only messages move runs on.
    public var sweepsEnabled: Bool

    /// Gathers the dependencies.
    public init(
        runs: RunStore, workspaces: WorkspaceStore, registry: ExecutorRegistry,
        rendezvous: WorkerRendezvous, publisher: any RecordPublisher, source: any RecordSource,
        time: any TimeSource, identifiers: any IdentifierSource, random: any RandomSource,
        timing: PipelineTiming = PipelineTiming(), guardrails: Guardrails = Guardrails(),
        logger: Logger, sweepsEnabled: Bool = true
    ) {
        self.runs = runs
        self.workspaces = workspaces
        self.registry = registry
        self.rendezvous = rendezvous
        self.publisher = publisher
        self.source = source
        self.time = time
        self.identifiers = identifiers
        self.random = random
        self.timing = timing
        self.guardrails = guardrails
        self.logger = logger
        self.sweepsEnabled = sweepsEnabled
    }
}
