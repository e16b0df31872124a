// SPDX-License-Identifier: Apache-2.0

/// An uploaded archive (tar.gz) of a workspace's files.
public struct WorkspaceArchive: Equatable, Sendable {
    /// Identifies the archive.
    public let id: ArchiveID
    /// The workspace it belongs to.
    public let workspaceID: WorkspaceID
    /// Its size in bytes, as announced or counted.
    public let size: Int64
    /// Its SHA-256 in lower-case hexadecimal.
    public let sha256: String
    /// When it was announced.
    public let createdAt: Timestamp

    /// Creates an archive's description.
    public init(
        id: ArchiveID, workspaceID: WorkspaceID, size: Int64, sha256: String, createdAt: Timestamp
    ) {
        self.id = id
        self.workspaceID = workspaceID
        self.size = size
        self.sha256 = sha256
        self.createdAt = createdAt
    }

    /// The key of its object.
    public var objectKey: String { ObjectKeys.archive(id, in: workspaceID) }
}
