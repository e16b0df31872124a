// SPDX-License-Identifier: Apache-2.0

public import Model

/// A workspace, as the API shows it.
public struct WorkspaceResponse: Hashable, Codable, Sendable {
    /// Identifies the workspace.
    public let workspaceId: WorkspaceID
    /// Its name.
    public let name: String
    /// The user it belongs to.
    public let ownerId: UserID
    /// The limits in force.
    public let guardrails: Guardrails
    /// When it was made.
    public let createdAt: Timestamp
    /// When it last changed.
    public let updatedAt: Timestamp

    /// Shows a workspace under the configured limits.
    public init(_ workspace: Workspace, guardrails: Guardrails) {
        workspaceId = workspace.id
        name = workspace.name
        ownerId = workspace.ownerID
        self.guardrails = guardrails.overridden(by: workspace.guardrails)
        createdAt = workspace.createdAt
        updatedAt = workspace.updatedAt
    }
}
