// SPDX-License-Identifier: Apache-2.0

public import Access
public import Logging
public import Model
public import Records
public import Repositories
public import Seams
public import Storage

/// What Intake is given.
public struct IntakeDependencies: Sendable {
    /// Checks a signed object URL: method, key, query, and the time in seconds since 1970.
    public typealias ObjectURLCheck =
        @Sendable (_ method: String, _ key: String, _ query: String, _ now: Int64) throws ->
        ObjectURLPermission

    let runs: RunStore
    let workspaces: WorkspaceStore
    let users: UserStore
    let executors: ExecutorStore
    let registry: ExecutorRegistry
    let objects: any ObjectStore
    let checkObjectURL: ObjectURLCheck?
    let tokens: TokenAuthority
    let authenticator: Authenticator
    let ownership: Ownership
    let publisher: any RecordPublisher
    let source: any RecordSource
    let time: any TimeSource
    let identifiers: any IdentifierSource
    let timing: PipelineTiming
    let guardrails: Guardrails
    let logger: Logger

    /// Collects what Intake is given.
    ///
    /// `checkObjectURL` is there only where Intake itself serves the object store's URLs.
    public init(
        runs: RunStore, workspaces: WorkspaceStore, users: UserStore, executors: ExecutorStore,
        registry: ExecutorRegistry, objects: any ObjectStore, checkObjectURL: ObjectURLCheck?,
        tokens: TokenAuthority, authenticator: Authenticator, ownership: Ownership,
        publisher: any RecordPublisher, source: any RecordSource, time: any TimeSource,
        identifiers: any IdentifierSource, timing: PipelineTiming, guardrails: Guardrails,
        logger: Logger
    ) {
        self.runs = runs
        self.workspaces = workspaces
        self.users = users
        self.executors = executors
        self.registry = registry
        self.objects = objects
        self.checkObjectURL = checkObjectURL
        self.tokens = tokens
        self.authenticator = authenticator
        self.ownership = ownership
        self.publisher = publisher
        self.source = source
        self.time = time
        self.identifiers = identifiers
        self.timing = timing
        self.guardrails = guardrails
        self.logger = logger
    }
}
