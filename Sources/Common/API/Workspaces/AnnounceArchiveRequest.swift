// SPDX-License-Identifier: Apache-2.0

/// The JSON body of `POST /workspaces/{id}/archive`, which asks for an upload URL.
public struct AnnounceArchiveRequest: Hashable, Codable, Sendable {
    /// The archive's size in bytes.
    public let size: Int64
    /// The archive's SHA-256 in lower-case hexadecimal.
    public let sha256: String

    /// Creates a request.
    public init(size: Int64, sha256: String) {
        self.size = size
        self.sha256 = sha256
    }
}
