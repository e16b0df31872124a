// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Seams

/// What a connection follows, and what it needs for it.
struct StreamSubscription: Sendable {
    let run: RunID
    let after: Int64
    let expiresAt: Timestamp
    let fanout: Fanout
    let timeline: TimelineReader
    let work: WorkQueue
    let time: any TimeSource
    let keepaliveInterval: Duration
    let logger: Logger

    /// Reads a page of the timeline; nil when the table can't be read, which a later look may mend.
    func read(after cursor: Int64) async -> (frames: [Frame], isComplete: Bool)? {
        do {
            return try await timeline.frames(of: run, after: cursor)
        } catch {
            logger.warning("Timeline not read", metadata: ["runId": "\(run)", "error": "\(error)"])
            return nil
        }
    }
}
