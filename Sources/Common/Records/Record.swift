// SPDX-License-Identifier: Apache-2.0

public import Model

/// What the stages say to each other.
public enum Record: Hashable, Sendable {
    /// A run was accepted and waits: `dev.tlao.run.requested.v1`, on `run.requests`.
    case runRequested(RunID, in: WorkspaceID)
    /// A run ended, so that its slot is free: `dev.tlao.run.ended.v1`, on `run.requests`.
    case runEnded(RunID, in: WorkspaceID)
    /// A run was offered to a worker: `dev.tlao.run.assigned.v1`, on the executor's assignment
    /// topic.
    case runAssigned(RunID, in: WorkspaceID, assignment: AssignmentID, workerID: String)
    /// A run is to be stopped: `dev.tlao.run.cancel.v1`, on `run.control`.
    case cancelRun(RunID, in: WorkspaceID)
    /// A worker is there: `dev.tlao.executor.heartbeat.v1`, on `executor.heartbeats`.
    case heartbeat(WorkerHeartbeat)
    /// A run's timeline went on: `dev.tlao.run.….v1`, on `run.events`.
    ///
    /// The event's data is the stream's, field for field.
    case runProgressed(ProgressEvent, in: WorkspaceID)
}
