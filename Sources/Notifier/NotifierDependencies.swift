// SPDX-License-Identifier: Apache-2.0

public import Access
public import Logging
public import Records
public import Repositories
public import Seams

/// What the Notifier is given.
public struct NotifierDependencies: Sendable {
    let runs: RunStore
    let authenticator: Authenticator
    let ownership: Ownership
    let source: any RecordSource
    let time: any TimeSource
    let identifiers: any IdentifierSource
    let logger: Logger

    /// Collects what the Notifier is given.
    public init(
        runs: RunStore, authenticator: Authenticator, ownership: Ownership,
        source: any RecordSource,
        time: any TimeSource, identifiers: any IdentifierSource, logger: Logger
    ) {
        self.runs = runs
        self.authenticator = authenticator
        self.ownership = ownership
        self.source = source
        self.time = time
        self.identifiers = identifiers
        self.logger = logger
    }
}
