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
    /// - Throws: ``TlaoError``, as every call; `ARCHIVE_TOO_LARGE` with the limit, `LOCAL_FILE`
    ///   when the file can't be read or hasn't `size` bytes, the server's refusal when they aren't
    ///   those of `sha256`.
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
        let headers = announced.uploadHeaders ?? [:]
        for (name, value) in headers { request.headers.append(name: name, value: value) }
        // A signed URL may hold the type it was signed for; a second one would not do.
        if !headers.keys.contains(where: { $0.lowercased() == "content-type" }) {
            request.headers.append(name: "Content-Type", value: "application/gzip")
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
