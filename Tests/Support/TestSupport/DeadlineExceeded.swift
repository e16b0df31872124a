// SPDX-License-Identifier: Apache-2.0

/// The error of a test that waited in vain.
public struct DeadlineExceeded: Error, Sendable, CustomStringConvertible {
    /// What was waited for, as a sentence fragment: "the worker's first heartbeat".
    public let expectation: String
    /// How long.
    public let limit: Duration
    /// The file and the line that waited, as `Module/File.swift:12`.
    public let place: String

    /// Names the expectation, the limit and the place.
    public var description: String { "Waited \(limit) in vain for \(expectation) (\(place))" }
}
