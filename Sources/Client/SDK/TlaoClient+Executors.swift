// SPDX-License-Identifier: Apache-2.0

public import API
import Curl
public import Model

extension TlaoClient {
    /// Lists the executor registry, with what is known of each executor's workers: `GET
    /// /executors`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func listExecutors() async throws -> PageResponse<ExecutorResponse> {
        try await transport.call(.get, "/executors")
    }

    /// Registers an executor, or changes one: `PUT /executors/{name}`, by an admin.
    ///
    /// `document` is the record as JSON; it is sent as it is, so that the server names everything
    /// that is wrong with it.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func registerExecutor(named name: String, _ document: JSONValue) async throws
        -> ExecutorResponse
    {
        try await transport.call(.put, "/executors/\(Transport.escaped(name))", body: document)
    }

    /// Removes an executor: `DELETE /executors/{name}`, by an admin.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func removeExecutor(named name: String) async throws {
        _ = try await transport.call(.delete, "/executors/\(Transport.escaped(name))")
    }
}
