// SPDX-License-Identifier: Apache-2.0

public import Model

/// An artifact, as the API shows it.
public struct ArtifactResponse: Hashable, Codable, Sendable {
    /// Identifies the artifact.
    public let artifactId: ArtifactID
    /// The run that produced it.
    public let runId: RunID
    /// The workspace it belongs to.
    public let workspaceId: WorkspaceID
    /// What it is to its reader.
    public let artifactType: ArtifactType
    /// Its path relative to where it was produced.
    public let fileName: String
    /// Its media type.
    public let mediaType: String
    /// The key of its object.
    public let s3Key: String
    /// The number of bytes.
    public let size: Int64
    /// The SHA-256 of the bytes in lower-case hexadecimal.
    public let sha256: String
    /// Whether the object is there.
    public let status: Artifact.Status
    /// When it was recorded.
    public let createdAt: Timestamp
    /// Where to download it, for a while; only where one artifact is shown.
    public let downloadUrl: String?
    /// When the URL stops working.
    public let expiresAt: Timestamp?

    /// Shows an artifact.
    public init(_ artifact: Artifact, downloadUrl: String? = nil, expiresAt: Timestamp? = nil) {
        artifactId = artifact.id
        runId = artifact.runID
        workspaceId = artifact.workspaceID
        artifactType = artifact.artifactType
        fileName = artifact.fileName
        mediaType = artifact.mediaType
        s3Key = artifact.objectKey
        size = artifact.size
        sha256 = artifact.sha256
        status = artifact.status
        createdAt = artifact.createdAt
        self.downloadUrl = downloadUrl
        self.expiresAt = expiresAt
    }
}
