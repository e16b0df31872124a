// SPDX-License-Identifier: Apache-2.0

/// The error with which `require` and `requireEqual` refute a property.
public struct PropertyFailure: Error, Sendable, CustomStringConvertible {
    /// What does not hold.
    public let message: String
    /// The file and the line of the requirement, as `Module/File.swift:12`.
    public let place: String

    /// Makes a failure that points at a requirement.
    public init(_ message: String, fileID: String = #fileID, line: Int = #line) {
        self.message = message
        self.place = "\(fileID):\(line)"
    }

    /// The message and its place.
    public var description: String { "\(message) (\(place))" }
}
