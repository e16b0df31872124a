// SPDX-License-Identifier: Apache-2.0

import Model

/// A run in line: what is known of it, and its row where that was read in this turn.
struct WaitingEntry: Sendable {
    let facts: KnownRuns.Facts
    let run: Run?
}

/// A run that can't go, and why.
struct PendingWait: Sendable {
    let id: RunID
    let entry: WaitingEntry
    let reason: WaitingReason
}
