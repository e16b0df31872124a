// SPDX-License-Identifier: Apache-2.0

/// Something a run produced: an object in the object store and what is known of it.
public struct Artifact: Equatable, Sendable {
    /// Whether the object is there.
    public enum Status: String, Codable, Sendable {
        /// The object is stored.
        case stored
        /// The upload failed for good; there is no object.
        case uploadFailed = "upload_failed"
    }

    /// Identifies the artifact.
    public let id: ArtifactID
    /// The run that produced it.
    public let runID: RunID
    /// The workspace it belongs to.
    public let workspaceID: WorkspaceID
    /// What it is to its reader.
    public let artifactType: ArtifactType
    /// Its path relative to where it was produced.
    public let fileName: String
    /// Its media type.
    public let mediaType: String
    /// The number of bytes.
    public let size: Int64
    /// The SHA-256 of the bytes in lower-case hexadecimal.
    public let sha256: String
    /// Whether the object is there.
    public let status: Status
    /// When it was recorded.
    public let createdAt: Timestamp

    /// Creates an artifact's record.
    public init(
        id: ArtifactID, runID: RunID, workspaceID: WorkspaceID, artifactType: ArtifactType,
        fileName: String,
        mediaType: String, size: Int64, sha256: String, status: Status, createdAt: Timestamp
    ) {
        self.id = id
        self.runID = runID
        self.workspaceID = workspaceID
        self.artifactType = artifactType
        self.fileName = fileName
        self.mediaType = mediaType
        self.size = size
        self.sha256 = sha256
        self.status = status
        self.createdAt = createdAt
    }

    /// The key of its object.
    public var objectKey: String {
        ObjectKeys.artifact(id, fileName: fileName, run: runID, in: workspaceID)
    }
}
