// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TestSupport
import TlaoSDK

/// A user who has signed in, with the client library, and one of the user's workspaces.
struct SignedIn: Sendable {
    let client: TlaoClient
    let token: String
    let workspace: WorkspaceID

    /// Signs in for the length of `body`; makes a workspace where the user has none.
    static func with<Value: Sendable>(
        address: String, username: String, password: String,
        _ body: (SignedIn) async throws -> Value
    ) async throws -> Value {
        let token = try await TlaoClient.with(address: address) {
            try await $0.login(username: username, password: password).token
        }
        return try await with(address: address, token: token, body)
    }

    /// Uses a token that was given out before.
    static func with<Value: Sendable>(
        address: String, token: String, _ body: (SignedIn) async throws -> Value
    ) async throws -> Value {
        try await TlaoClient.with(address: address, token: token) { client in
            let workspace =
                if let first = try await client.listWorkspaces(limit: 1).items.first {
                    first
                } else {
                    try await client.createWorkspace(name: "test")
                }
            return try await body(
                SignedIn(client: client, token: token, workspace: workspace.workspaceId))
        }
    }

    /// Uploads a workspace, where there is one, and asks for a run on it.
    func startRun(
        _ prompt: String, on executor: String, archive: GitWorkspace.Archive? = nil,
        constraints: TaskSpec.Constraints? = nil
    ) async throws -> RunResponse {
        let task = try await client.createTask(
            TaskSpec(
                taskType: .codeChange, input: TaskSpec.Input(prompt: prompt),
                constraints: constraints),
            in: workspace)
        var uploaded: ArchiveResponse?
        if let archive {
            uploaded = try await client.uploadArchive(
                archive.path, size: archive.size, sha256: archive.sha256, to: workspace)
        }
        return try await client.createRun(
            of: task.taskId, archive: uploaded?.archiveId, executor: executor)
    }

    /// Waits until a run has ended, asking for it again and again.
    func ended(_ run: RunID, within limit: Duration = .seconds(60)) async throws -> RunResponse {
        try await eventuallyValue(within: limit, "the end of run \(run)") {
            let shown = try await client.getRun(run)
            return shown.status.isTerminal ? shown : nil
        }
    }

    /// The whole timeline of a run that has ended, from its stream.
    func timeline(_ run: RunID) async throws -> [ProgressEvent] {
        try await withDeadline(.seconds(60), for: "the end of the stream of run \(run)") {
            var events: [ProgressEvent] = []
            for try await event in client.streamRun(run) { events.append(event) }
            return events
        }
    }

    /// What the server answers at a path, as JSON that was not understood yet.
    func json(_ path: String, query: [(String, String?)] = []) async throws -> JSONValue {
        try JSONText.decode(JSONValue.self, from: try await client.body(of: path, query: query))
    }

    /// The timeline of a run with up to 200 steps, as it is recorded.
    func recordedSteps(_ run: RunID) async throws -> [JSONValue] {
        let page = try await json("/runs/\(run)/steps", query: [("limit", "200")])
        guard case .array(let steps) = page["items"] else { return [] }
        return steps
    }
}
