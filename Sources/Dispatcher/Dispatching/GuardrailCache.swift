// SPDX-License-Identifier: Apache-2.0

import Model
import Repositories
import Seams
import Synchronization

/// The limits of workspaces, each read from the table at most every five seconds.
///
/// Safe from any task.
final class GuardrailCache: Sendable {
    private struct Entry {
        let guardrails: Guardrails
        let readAt: Duration
    }

    private static let freshness: Duration = .seconds(5)

    private let workspaces: WorkspaceStore
    private let configured: Guardrails
    private let time: any TimeSource
    private let limit: Int
    private let entries = Mutex<[WorkspaceID: Entry]>([:])

    /// Creates a cache of at most `limit` workspaces.
    init(
        workspaces: WorkspaceStore, configured: Guardrails, time: any TimeSource, limit: Int
    ) {
        self.workspaces = workspaces
        self.configured = configured
        self.time = time
        self.limit = max(1, limit)
    }

    /// The limits in force for a workspace; the configured ones when it has no row.
    func guardrails(of workspace: WorkspaceID) async throws -> Guardrails {
        let now = time.elapsed
        if let entry = entries.withLock({ $0[workspace] }), now - entry.readAt < Self.freshness {
            return entry.guardrails
        }
        let overrides = try await workspaces.workspace(workspace)?.guardrails
        let guardrails = configured.overridden(by: overrides ?? GuardrailOverrides())
        entries.withLock { entries in
            if entries.count >= limit, entries[workspace] == nil { entries.removeAll() }
            entries[workspace] = Entry(guardrails: guardrails, readAt: now)
        }
        return guardrails
    }
}
