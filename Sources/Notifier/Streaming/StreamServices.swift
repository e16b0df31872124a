// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Seams

/// What every connection's handler shares.
struct StreamServices: Sendable {
    let admission: StreamAdmission
    let fanout: Fanout
    let work: WorkQueue
    let timeline: TimelineReader
    let time: any TimeSource
    let keepaliveInterval: Duration
    let logger: Logger

    /// What a connection that follows a run needs.
    func subscription(to run: RunID, after: Int64, until expiresAt: Timestamp) -> StreamSubscription
    {
        StreamSubscription(
            run: run, after: after, expiresAt: expiresAt, fanout: fanout, timeline: timeline,
            work: work,
            time: time, keepaliveInterval: keepaliveInterval, logger: logger)
    }
}
