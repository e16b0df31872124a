// SPDX-License-Identifier: Apache-2.0

import Model

/// Lets one thing at a time happen for each workspace, in the order of asking.
///
/// Creations of one workspace change the same rows; in a queue they don't run into each other's
/// conflicts. This saves retries and nothing else: other processes don't know of it.
actor WorkspaceQueue {
    private var waiting: [WorkspaceID: [CheckedContinuation<Void, Never>]] = [:]

    /// Calls `body` when all that was asked for before, for the same workspace, is over.
    nonisolated func run<Result: Sendable>(
        for workspace: WorkspaceID, _ body: () async throws -> Result
    ) async throws -> Result {
        await enter(workspace)
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        await leave(workspace)
        return try result.get()
    }

    private func enter(_ workspace: WorkspaceID) async {
        guard waiting[workspace] != nil else {
            waiting[workspace] = []
            return
        }
        await withCheckedContinuation { waiting[workspace]?.append($0) }
    }

    private func leave(_ workspace: WorkspaceID) {
        guard var line = waiting[workspace], !line.isEmpty else {
            waiting[workspace] = nil
            return
        }
        let next = line.removeFirst()
        waiting[workspace] = line
        next.resume()
    }
}
