// SPDX-License-Identifier: Apache-2.0

public import Model

/// The answer to `POST /workspaces/{id}/archive`.
public struct ArchiveResponse: Hashable, Codable, Sendable {
    /// Identifies the archive; what runs are created with.
    public let archiveId: ArchiveID
    /// The key of its object.
    public let key: String
    /// Where to PUT the archive, when it was only announced; a secret for its 15 minutes.
    public let uploadUrl: String?
    /// Headers that the PUT must carry.
    public let uploadHeaders: [String: String]?

    /// Creates an answer.
    public init(
        archiveId: ArchiveID, key: String, uploadUrl: String? = nil,
        uploadHeaders: [String: String]? = nil
    ) {
        self.archiveId = archiveId
        self.key = key
        self.uploadUrl = uploadUrl
        self.uploadHeaders = uploadHeaders
    }
}
