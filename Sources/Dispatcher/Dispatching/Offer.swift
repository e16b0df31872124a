// SPDX-License-Identifier: Apache-2.0

import Model

/// An offer of this dispatcher, until it is known what became of it.
struct Offer: Hashable, Sendable {
    /// The offer.
    let assignmentID: AssignmentID
    /// The worker it was made to.
    let workerID: String
    /// The run.
    let run: RunID
    /// The run's workspace.
    let workspace: WorkspaceID
    /// When it was made, on the monotonic clock.
    let madeAt: Duration
}
