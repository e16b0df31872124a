// SPDX-License-Identifier: Apache-2.0

/// The times by which the stages work together.
///
/// Each stage is given the same values.
public struct PipelineTiming: Hashable, Sendable {
    /// How often a worker says that it is there.
    public var heartbeatInterval: Duration = .seconds(2)
    /// After how long without a heartbeat a worker gets nothing new.
    public var heartbeatExpiry: Duration = .seconds(10)
    /// How long an assigned run may stay unclaimed before its assignment is rung again, and as long once
    /// more before it is taken back.
    public var claimPatience: Duration = .seconds(5)
    /// How long a lease is good for, without being renewed, on an observer's clock.
    public var leaseTime: Duration = .seconds(30)
    /// How often a worker renews its lease.
    public var leaseRenewalInterval: Duration = .seconds(5)
    /// How often a dispatcher sweeps.
    public var sweepInterval: Duration = .seconds(1)
    /// How long a worker may overstay a run's deadline before a sweeper ends the run in its place.
    public var overrunPatience: Duration = .seconds(15)
    /// How long an agent has to stop after it was asked to.
    public var askGrace: Duration = .seconds(4)
    /// How long an agent has to stop after SIGTERM, before SIGKILL.
    public var terminateGrace: Duration = .seconds(3)
    /// The shortest time before a sweeper looks again at a run it could not help.
    public var retryDelay: Duration = .seconds(5)
    /// The longest time before a sweeper looks again at a run it could not help.
    public var retryDelayLimit: Duration = .seconds(300)
    /// For how long Kafka has to be silent before workers and dispatchers meet in the table instead.
    public var brokerPatience: Duration = .seconds(20)

    /// Creates the documented times.
    public init() {}
}
