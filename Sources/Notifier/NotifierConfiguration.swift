// SPDX-License-Identifier: Apache-2.0

/// How the Notifier streams.
public struct NotifierConfiguration: Sendable {
    /// How many of a run's last events are kept encoded for its subscribers (default 64); who is
    /// further behind reads the table.
    public var framesPerRun = 64
    /// How often an idle stream carries a keepalive (default 15 s).
    public var keepaliveInterval: Duration = .seconds(15)
    /// After how long without an event a run that has subscribers is read from the table (default 2
    /// s).
    public var silence: Duration = .seconds(2)
    /// How often silence, keepalives and expired tokens are looked for (default 500 ms).
    public var tickInterval: Duration = .milliseconds(500)
    /// How many steps are read from the table at a time (default 200).
    public var pageSize = 200
    /// How many table reads and admissions are under way at once (default 32).
    public var concurrentReads = 32
    /// How many events wait to be fanned out before the oldest are dropped, to be found in the
    /// table (default 8192).
    public var eventBuffer = 8_192

    /// Creates the documented configuration.
    public init() {}
}
