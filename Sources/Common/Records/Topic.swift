// SPDX-License-Identifier: Apache-2.0

/// The topics, in the order of the flow.
///
/// On the wire each stands below the configured prefix.
///
/// Every message on them is a bell: it says where to look, and losing it loses nothing.
public struct Topic: Hashable, Sendable, CustomStringConvertible {
    /// The name below the prefix.
    public let description: String

    /// Names a topic below the prefix.
    public init(_ name: String) {
        description = name
    }

    /// `RunRequested` by Intake, `RunEnded` by whoever ends a run; read by the dispatchers.
    ///
    /// Key: workspace.
    public static let runRequests = Topic("run.requests")
    /// `RunAssigned` by the dispatchers; read by every worker.
    ///
    /// Key: run. A pool has a topic of its own, alike.
    public static let runAssignments = Topic("run.assignments")
    /// `CancelRun` by Intake; read by every worker.
    ///
    /// Key: workspace.
    public static let runControl = Topic("run.control")
    /// `RunProgressed` by whoever writes a timeline; read by every Notifier and by other people.
    ///
    /// Key: workspace.
    public static let runEvents = Topic("run.events")
    /// `WorkerHeartbeat` by every worker; read by every dispatcher and Intake.
    ///
    /// Key: worker.
    public static let executorHeartbeats = Topic("executor.heartbeats")
    /// What could not be processed, by anyone.
    public static let deadLetters = Topic("dead-letters")

    /// The topics that always exist.
    public static let all = [
        runRequests, runAssignments, runControl, runEvents, executorHeartbeats, deadLetters,
    ]
}
