// SPDX-License-Identifier: Apache-2.0

public import API
import Curl
public import Model

extension TlaoClient {
    /// Creates a workspace: `POST /workspaces`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func createWorkspace(name: String) async throws -> WorkspaceResponse {
        try await transport.call(.post, "/workspaces", body: CreateWorkspaceRequest(name: name))
    }

    /// Lists a page of the caller's workspaces, newest first: `GET /workspaces`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func listWorkspaces(
        limit: Int? = nil, cursor: String? = nil
    ) async throws -> PageResponse<WorkspaceResponse> {
        try await transport.call(
            .get, "/workspaces", query: [("limit", limit.map(String.init)), ("cursor", cursor)])
    }

    /// Shows a workspace: `GET /workspaces/{id}`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func getWorkspace(_ id: WorkspaceID) async throws -> WorkspaceResponse {
        try await transport.call(.get, "/workspaces/\(id)")
    }

    /// Shows a workspace's quota and slots now: `GET /workspaces/{id}/usage`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func getUsage(_ id: WorkspaceID) async throws -> UsageResponse {
        try await transport.call(.get, "/workspaces/\(id)/usage")
    }
}
