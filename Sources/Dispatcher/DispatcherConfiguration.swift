// SPDX-License-Identifier: Apache-2.0

/// What an operator decides about a dispatcher; the defaults fit all but very large installations.
///
/// - `lanes` (int, default 4): how many workspaces are served at the same time.
/// - `waitingRunsRead` (int, default 500): how many of a workspace's waiting runs a turn considers,
///   the first in line.
/// - `rememberedRuns` (int, default 20 000): of how many waiting runs it is remembered what they
///   need; of the others it is read again.
/// - `rememberedWorkspaces` (int, default 10 000): how many workspaces may stand in line, or be
///   known to wait for a worker; the others are found by the sweeper.
/// - `bufferedRecords` (int, default 10 000): how many heard records may wait; the oldest are
///   dropped, and the sweeper makes up for them.
/// - `sweepPage` (int, default 100): how many due runs of a shard are read at once.
/// - `sweepLanes` (int, default 8): how many due runs are handled at the same time.
/// - `announcementsInFlight` (int, default 32): for how many ended runs Kafka's acknowledgement is
///   waited for at the same time.
/// - `announcementPatience` (duration, default 5 s): how long each is waited for.
public struct DispatcherConfiguration: Sendable {
    /// How many workspaces are served at the same time.
    public var lanes = 4
    /// How many waiting runs of a workspace a turn considers.
    public var waitingRunsRead = 500
    /// Of how many waiting runs it is remembered what they need.
    public var rememberedRuns = 20_000
    /// How many workspaces may stand in line, or be known to wait for a worker.
    public var rememberedWorkspaces = 10_000
    /// How many heard records may wait.
    public var bufferedRecords = 10_000
    /// How many due runs of a shard are read at once.
    public var sweepPage = 100
    /// How many due runs are handled at the same time.
    public var sweepLanes = 8
    /// For how many ended runs an acknowledgement is waited for at the same time.
    public var announcementsInFlight = 32
    /// How long an acknowledgement is waited for.
    public var announcementPatience: Duration = .seconds(5)

    /// Creates a configuration with the documented defaults.
    public init() {}
}
