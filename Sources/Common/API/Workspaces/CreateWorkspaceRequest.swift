// SPDX-License-Identifier: Apache-2.0

/// The body of `POST /workspaces`.
public struct CreateWorkspaceRequest: Hashable, Codable, Sendable {
    /// Its name, for people; 1 to 100 characters.
    public let name: String

    /// Creates a request.
    public init(name: String) {
        self.name = name
    }
}
