// SPDX-License-Identifier: Apache-2.0

import Model
import Repositories

/// Counts places in a workspace's line, when somebody looks.
struct WaitingLine {
    /// How far the line is counted.
    private static let limit = 1_000

    let runs: RunStore

    /// The places, from 1, of those runs that stand in the line; nobody's when none of them waits.
    func positions(of listed: [Run], in workspace: WorkspaceID) async throws -> [RunID: Int] {
        guard listed.contains(where: { $0.status == .queued && $0.assignment == nil }) else {
            return [:]
        }
        let line = try await runs.waiting(in: workspace, limit: Self.limit)
        return Dictionary(
            zip(line, 1...).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    }
}
