// SPDX-License-Identifier: Apache-2.0

/// What the workers of one executor amount to at a moment.
public struct ExecutorPresence: Hashable, Sendable {
    /// How many workers were heard lately and take runs.
    public var workersOnline: Int
    /// How many runs they can execute at once.
    public var slots: Int
    /// How many more they can take.
    public var freeSlots: Int
    /// When any worker of it was last heard; nil when none ever was.
    public var lastHeartbeatAt: Timestamp?

    /// Creates an account; the default is that of nobody.
    public init(
        workersOnline: Int = 0, slots: Int = 0, freeSlots: Int = 0,
        lastHeartbeatAt: Timestamp? = nil
    ) {
        self.workersOnline = workersOnline
        self.slots = slots
        self.freeSlots = freeSlots
        self.lastHeartbeatAt = lastHeartbeatAt
    }
}
