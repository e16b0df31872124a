// SPDX-License-Identifier: Apache-2.0

/// Identifies an entity: a UUID version 7 (RFC 9562) in lower case, so that key order is time
/// order.
///
/// The type parameter keeps a run's identifier from being passed where a task's is meant; it has no
/// value of its own.
public struct Identifier<Entity>: Hashable, Sendable {
    /// The 36 characters.
    public let text: String

    /// Wraps text that the caller vouches for: it came from the record store or was just made.
    public init(_ text: String) {
        self.text = text
    }

    /// Checks text that came from outside; nil when it isn't a lower-case UUID.
    public init?(validating text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        for (position, byte) in bytes.enumerated() {
            switch position {
            case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return nil }
            default:
                guard
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
                else { return nil }
            }
        }
        self.text = text
    }
}

extension Identifier: Comparable {
    /// Orders by text, which is by time.
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

extension Identifier: CustomStringConvertible {
    /// The 36 characters.
    public var description: String { text }
}

extension Identifier: Codable {
    /// Reads the plain text.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the plain text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Identifies a workspace.
public typealias WorkspaceID = Identifier<Workspace>
/// Identifies a task.
public typealias TaskID = Identifier<CodexTask>
/// Identifies a run.
public typealias RunID = Identifier<Run>
/// Identifies an artifact.
public typealias ArtifactID = Identifier<Artifact>
/// Identifies an uploaded workspace archive.
public typealias ArchiveID = Identifier<WorkspaceArchive>
/// Identifies a user.
public typealias UserID = Identifier<User>
/// Identifies one assignment of a run to a worker.
public typealias AssignmentID = Identifier<Assignment>
