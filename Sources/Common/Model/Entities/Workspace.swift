// SPDX-License-Identifier: Apache-2.0

/// A workspace: what owns tasks, runs and artifacts, and what limits are counted by.
public struct Workspace: Equatable, Sendable {
    /// Identifies the workspace.
    public let id: WorkspaceID
    /// Its name, for people; 1 to 100 characters.
    public var name: String
    /// The user it belongs to, the only one who may see what is in it.
    public let ownerID: UserID
    /// Where its limits differ from the configured ones.
    public var guardrails: GuardrailOverrides
    /// When it was made.
    public let createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp

    /// Creates a workspace.
    public init(
        id: WorkspaceID, name: String, ownerID: UserID,
        guardrails: GuardrailOverrides = GuardrailOverrides(),
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.ownerID = ownerID
        self.guardrails = guardrails
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
