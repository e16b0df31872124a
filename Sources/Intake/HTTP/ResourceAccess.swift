// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Hummingbird
import Model
import Repositories
import Storage

/// Finds the resource that a path names, for whoever may see it.
struct ResourceAccess: Sendable {
    let runs: RunStore
    let workspaces: WorkspaceStore
    let ownership: Ownership

    /// Who makes the request; routes that need no token never ask.
    func identity(_ context: IntakeRequestContext) throws(AccessError) -> Identity {
        guard let identity = context.identity else {
            throw AccessError(.invalidToken, "This needs a token.")
        }
        return identity
    }

    /// The workspace of the path, if it is the caller's.
    func workspace(_ context: IntakeRequestContext) async throws -> Workspace {
        let id: WorkspaceID = try identifier("workspace", context)
        return try await ownership.require(id, of: identity(context))
    }

    /// The workspace that a list or a creation is about: the one named, else the caller's only one.
    func workspace(named id: WorkspaceID?, _ context: IntakeRequestContext) async throws
        -> Workspace
    {
        let identity = try identity(context)
        if let id { return try await ownership.require(id, of: identity) }
        let own = try await workspaces.workspaces(of: identity.username, limit: 2).workspaces
        guard let only = own.first, own.count == 1 else {
            throw Violations([
                Violation(
                    field: "workspaceId",
                    reason: own.isEmpty
                        ? "is missing, and you have no workspace yet: create one"
                        : "is missing, and you have several workspaces")
            ])
        }
        return only
    }

    /// The workspace that the query names, else the caller's only one.
    func workspace(queriedBy request: Request, _ context: IntakeRequestContext) async throws
        -> Workspace
    {
        guard let text = request.uri.queryParameters["workspaceId"] else {
            return try await workspace(named: nil, context)
        }
        guard let id = WorkspaceID(validating: String(text)) else {
            throw Self.missing("workspace", String(text))
        }
        return try await workspace(named: id, context)
    }

    /// The run of the path, if it is the caller's.
    func run(_ context: IntakeRequestContext) async throws -> Run {
        let id: RunID = try identifier("run", context)
        guard let workspace = try await runs.workspace(of: id) else {
            throw Self.missing("run", id.text)
        }
        _ = try await ownership.require(workspace, of: identity(context))
        guard let run = try await runs.run(id, in: workspace) else {
            throw Self.missing("run", id.text)
        }
        return run
    }

    /// A task, if it is the caller's.
    func task(_ id: TaskID, _ context: IntakeRequestContext) async throws -> CodexTask {
        guard let workspace = try await workspaces.workspace(of: id) else {
            throw Self.missing("task", id.text)
        }
        _ = try await ownership.require(workspace, of: identity(context))
        guard let task = try await workspaces.task(id, in: workspace) else {
            throw Self.missing("task", id.text)
        }
        return task
    }

    /// The artifact of the path, if it is the caller's.
    func artifact(_ context: IntakeRequestContext) async throws -> Artifact {
        let id: ArtifactID = try identifier("artifact", context)
        guard let workspace = try await runs.workspace(of: id) else {
            throw Self.missing("artifact", id.text)
        }
        _ = try await ownership.require(workspace, of: identity(context))
        guard let artifact = try await runs.artifact(id, in: workspace) else {
            throw Self.missing("artifact", id.text)
        }
        return artifact
    }

    /// The identifier in the path; what can't be one names nothing.
    func identifier<Entity>(_ noun: String, _ context: IntakeRequestContext) throws -> Identifier<
        Entity
    > {
        let text = context.parameters.get("id") ?? ""
        guard let id = Identifier<Entity>(validating: text) else { throw Self.missing(noun, text) }
        return id
    }

    private static func missing(_ noun: String, _ id: String) -> Refusal {
        Refusal(.notFound, "There is no \(noun) \(UTF8Text.prefix(of: id, bytes: 64)).")
    }
}
