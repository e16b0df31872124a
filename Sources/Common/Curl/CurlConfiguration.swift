// SPDX-License-Identifier: Apache-2.0

/// The limits of a `CurlClient`; they hold for all of its requests together.
public struct CurlConfiguration: Sendable {
    /// How many connections may be open at once (default 1024, at least 1); further requests wait
    /// for one to end, and only their deadline, connect timeout or a cancellation ends the waiting.
    public var maximumConnections = 1024

    /// How many of them may go to one host and port (default: no limit of their own).
    public var maximumConnectionsPerHost: Int?

    /// How many connections are kept at all once their request is over (default 256): when more
    /// are open, busy ones included, the one idle for longest is closed.
    public var maximumKeptConnections = 256

    /// How long an idle connection may be used again (default 60 seconds, counted in whole seconds,
    /// at least one).
    public var idleLifetime: Duration = .seconds(60)

    /// How many bytes of a response wait for its reader (default 256 KiB, at least 1).
    ///
    /// From this mark on libcurl stops reading from the socket, so at most this much and two of its
    /// buffers of 16 KiB are held for each response. With `decompresses`, what one such buffer
    /// expands to is held in addition: 16 MiB at the very worst.
    public var receiveBufferBytes = 262_144

    /// How long the head of a response may be, all interim and redirecting ones included
    /// (default 256 KiB).
    public var maximumHeadBytes = 262_144

    /// Starts from the defaults.
    public init() {}
}
