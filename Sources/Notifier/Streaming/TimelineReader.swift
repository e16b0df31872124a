// SPDX-License-Identifier: Apache-2.0

import Model
import Repositories

/// Reads timelines from the table, as frames.
struct TimelineReader: Sendable {
    let runs: RunStore
    let pageSize: Int

    /// Reads one page after a sequence number; `isComplete` when nothing more was recorded.
    func frames(of run: RunID, after: Int64) async throws -> (frames: [Frame], isComplete: Bool) {
        let steps = try await runs.steps(of: run, after: after, limit: pageSize)
        return (steps.compactMap { Frame($0.event) }, steps.count < pageSize)
    }
}
