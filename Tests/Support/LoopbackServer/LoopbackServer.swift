// SPDX-License-Identifier: Apache-2.0

/// A server on loopback whose answers a test writes, byte by byte where it matters.
public struct LoopbackServer: Sendable {
    /// The port it listens on.
    public let port: Int

    /// Its address, without a slash at the end.
    public var address: String { "http://127.0.0.1:\(port)" }
}
