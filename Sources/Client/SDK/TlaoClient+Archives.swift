// SPDX-License-Identifier: Apache-2.0

public import API
import Curl
public import Model

extension TlaoClient {
    /// Uploads a workspace archive (tar.gz) from a file: announces it, then sends it to the URL it
    /// is given.
    ///
    /// The file is streamed; memory use doesn't depend on its size. `progress` is told how many
    /// bytes were handed to the network so far, from any task.
    ///
    /// - Throws: ``TlaoError``, as every call; `ARCHIVE_TOO_LARGE` with the limit,
    ///   `CONTENT_MISMATCH` when the file isn't what `size` and `sha256` say.
    public func uploadArchive(
        _ path: String, size: Int64, sha256: String, to workspace: WorkspaceID,
        progress: (@Sendable (Int64) -> Void)? = nil
    ) async throws -> ArchiveResponse {
        let announced: ArchiveResponse = try await transport.call(
            .post, "/workspaces/\(workspace)/archive",
            body: AnnounceArchiveRequest(size: size, sha256: sha256))
        guard let url = announced.uploadUrl else {
            throw TlaoError(
                .unexpectedAnswer, message: "The server gave no URL to upload to.",
                request: "POST /workspaces/\(workspace)/archive")
        }
        var request = CurlRequest(.put, url)
        request.headers.append(name: "Content-Type", value: "application/gzip")
        for (name, value) in announced.uploadHeaders ?? [:] {
            request.headers.append(name: name, value: value)
        }
        request.body = .stream(length: size) { FileChunks(path: path, progress: progress) }
        request.stallTimeout = Self.stallTimeout
        let name = "PUT upload URL"
        _ = try await transport.collect(
            try await transport.perform(request, name: name), name: name)
        return announced
    }

    /// After how long without a byte a transfer is given up.
    static let stallTimeout: Duration = .seconds(60)
}
