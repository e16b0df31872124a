// SPDX-License-Identifier: Apache-2.0

public import Model

/// The answer to `GET /workspaces/{id}/usage`.
public struct UsageResponse: Hashable, Codable, Sendable {
    /// How many runs the workspace may create in a UTC day.
    public let dailyRunQuota: Int
    /// How many it has created today.
    public let runsToday: Int
    /// When the count starts anew.
    public let resetsAt: Timestamp
    /// How many of its runs may execute at once.
    public let concurrencyLimit: Int
    /// How many slots are held.
    public let running: Int
    /// How many runs wait.
    public let queued: Int

    /// Creates an answer.
    public init(
        dailyRunQuota: Int, runsToday: Int, resetsAt: Timestamp, concurrencyLimit: Int,
        running: Int, queued: Int
    ) {
        self.dailyRunQuota = dailyRunQuota
        self.runsToday = runsToday
        self.resetsAt = resetsAt
        self.concurrencyLimit = concurrencyLimit
        self.running = running
        self.queued = queued
    }
}
