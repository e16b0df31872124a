// SPDX-License-Identifier: Apache-2.0

public import API
import Curl
public import Model

extension TlaoClient {
    /// Creates a run of a task: `POST /runs`.
    ///
    /// - Throws: ``TlaoError``, as every call; `QUOTA_EXCEEDED`, `NO_EXECUTOR`, `CONFLICT` when the
    ///   archive wasn't uploaded.
    public func createRun(
        of task: TaskID, archive: ArchiveID? = nil, executor: String? = nil, priority: Int? = nil
    ) async throws -> RunResponse {
        try await transport.call(
            .post, "/runs",
            body: CreateRunRequest(
                taskId: task, archiveId: archive, executorName: executor, priority: priority))
    }

    /// Shows a run: `GET /runs/{id}`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func getRun(_ id: RunID) async throws -> RunResponse {
        try await transport.call(.get, "/runs/\(id)")
    }

    /// Lists a page of a workspace's runs, newest first: `GET /runs`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func listRuns(
        in workspace: WorkspaceID? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws -> PageResponse<RunResponse> {
        try await transport.call(
            .get, "/runs",
            query: [
                ("workspaceId", workspace?.text), ("limit", limit.map(String.init)),
                ("cursor", cursor),
            ])
    }

    /// Lists part of a run's timeline, in order, after a sequence number: `GET /runs/{id}/steps`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func listSteps(of run: RunID, after: Int64 = 0, limit: Int? = nil) async throws
        -> StepsResponse
    {
        try await transport.call(
            .get, "/runs/\(run)/steps",
            query: [("after", String(after)), ("limit", limit.map(String.init))])
    }

    /// Hands what is recorded of a run's output, chunk by chunk, to `receive`: `GET
    /// /runs/{id}/log`.
    ///
    /// - Throws: ``TlaoError``, as every call, or what `receive` throws.
    public func downloadLog(of run: RunID, to receive: ([UInt8]) async throws -> Void) async throws
    {
        let name = "GET /runs/\(run)/log"
        var request = transport.request(.get, "/runs/\(run)/log")
        request.stallTimeout = Self.stallTimeout
        let response = try await transport.perform(request, name: name)
        try await transport.requireContent(response, name: name)
        try await transport.receive(response.body, name: name, to: receive)
    }
}
