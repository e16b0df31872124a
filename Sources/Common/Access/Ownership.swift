// SPDX-License-Identifier: Apache-2.0

public import Model
public import Repositories
import Storage

/// Lets users see what is in their own workspaces, and nothing else, whatever their role.
public struct Ownership: Sendable {
    private let workspaces: WorkspaceStore

    /// Creates the check.
    public init(workspaces: WorkspaceStore) {
        self.workspaces = workspaces
    }

    /// Answers the workspace, if it is the identity's own.
    ///
    /// - Throws: ``AccessError`` `notFound` when there is no such workspace, `forbidden` when it is
    ///   somebody else's, `undecided` when the table can't be read.
    public func require(
        _ id: WorkspaceID, of identity: Identity
    ) async throws(AccessError) -> Workspace {
        let workspace: Workspace?
        do {
            workspace = try await workspaces.workspace(id)
        } catch {
            throw AccessError(.undecided, "The workspace can't be read right now.", cause: error)
        }
        guard let workspace else { throw AccessError(.notFound, "There is no workspace \(id).") }
        guard workspace.ownerID == identity.userID else {
            throw AccessError(.forbidden, "The workspace belongs to somebody else.")
        }
        return workspace
    }
}
