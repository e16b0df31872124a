// SPDX-License-Identifier: Apache-2.0

/// The choice of a worker for a queued run: an offer that only that worker may claim, once.
public struct Assignment: Hashable, Sendable {
    /// Identifies this offer; a later one of the same run has another.
    public let id: AssignmentID
    /// The executor whose agent is to work.
    public let executorName: String
    /// The worker that may claim.
    public let workerID: String
    /// The topic, below the prefix, on which that worker listens.
    public let topic: String

    /// Creates an offer.
    public init(id: AssignmentID, executorName: String, workerID: String, topic: String) {
        self.id = id
        self.executorName = executorName
        self.workerID = workerID
        self.topic = topic
    }
}
