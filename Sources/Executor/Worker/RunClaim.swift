// SPDX-License-Identifier: Apache-2.0

import Model

/// A run that this worker holds.
struct RunClaim: Sendable {
    /// The run as the claim left it.
    let run: Run
    /// The secret of the hold.
    let token: String
    /// How its agent is run.
    let executor: ExecutorRecord
    /// How it is stopped.
    let control: RunControl
    /// When the claim was begun, on the monotonic clock: the lease and the time limit count from
    /// here.
    let claimedAt: Duration
}
