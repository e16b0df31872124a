// SPDX-License-Identifier: Apache-2.0

/// What a worker says of itself every few seconds.
public struct WorkerHeartbeat: Hashable, Codable, Sendable {
    /// Identifies the worker's process; a restarted worker has another.
    public let workerID: String
    /// Rises by one with every heartbeat of this worker, so that a repeated one proves nothing.
    public let count: Int64
    /// How many runs it can execute at once.
    public let slots: Int
    /// How many more it could take when it spoke.
    public let freeSlots: Int
    /// The active executors it serves.
    public let executorNames: [String]
    /// Whether it takes no more runs because it is shutting down.
    public let draining: Bool

    /// Creates a heartbeat.
    public init(
        workerID: String, count: Int64, slots: Int, freeSlots: Int, executorNames: [String],
        draining: Bool = false
    ) {
        self.workerID = workerID
        self.count = count
        self.slots = slots
        self.freeSlots = freeSlots
        self.executorNames = executorNames
        self.draining = draining
    }

    private enum CodingKeys: String, CodingKey {
        case workerID = "workerId"
        case count, slots, freeSlots, executorNames, draining
    }
}
