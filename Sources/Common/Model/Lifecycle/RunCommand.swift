// SPDX-License-Identifier: Apache-2.0

/// What a stage can do to a run.
public enum RunCommand: Equatable, Sendable {
    /// The dispatcher offers the run to a worker.
    case assign(Assignment)
    /// The offer is withdrawn, by the dispatcher (unclaimed) or by the worker (no free slot,
    /// shutting down).
    case takeBack(AssignmentID, because: WaitingReason)
    /// The worker accepts the offer and holds the run from now on.
    case claim(AssignmentID, Lease)
    /// The holder says that it is alive, and how far the timeline has come.
    case renew(token: String, lastSequence: Int64)
    /// The holder ends the run.
    case finish(token: String, RunOutcome, lastSequence: Int64)
    /// A sweeper ends the run of a holder that fell silent: it saw this token and count for a whole
    /// lease time.
    ///
    /// `artifactIDs` are those that the holder recorded before.
    case expire(
        token: String, renewals: Int64, lastSequence: Int64, artifactIDs: [ArtifactID] = [])
    /// A sweeper ends the run of a holder that renews but lets the deadline pass by far.
    ///
    /// `artifactIDs` are those that the holder recorded before.
    case overrun(token: String, lastSequence: Int64, artifactIDs: [ArtifactID] = [])
    /// Somebody wants the run stopped.
    ///
    /// Ends it when nobody executes it; else leaves the wish for the holder.
    case requestCancel
    /// The dispatcher says why the run still waits.
    case wait(WaitingReason)
}
