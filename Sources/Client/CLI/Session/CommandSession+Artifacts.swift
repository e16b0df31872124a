// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TlaoSDK

extension CommandSession {
    /// All artifacts of a run.
    func artifacts(of run: RunID) async throws -> [ArtifactResponse] {
        var artifacts: [ArtifactResponse] = []
        var cursor: String?
        repeat {
            let page = try await client.listArtifacts(of: run, limit: 200, cursor: cursor)
            artifacts += page.items
            cursor = page.nextCursor
        } while cursor != nil
        return artifacts
    }
}
