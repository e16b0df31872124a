// SPDX-License-Identifier: Apache-2.0

public import API
import Crypto
import Curl
public import Model

extension TlaoClient {
    /// Shows an artifact, with a URL to download it from: `GET /artifacts/{id}`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func getArtifact(_ id: ArtifactID) async throws -> ArtifactResponse {
        try await transport.call(.get, "/artifacts/\(id)")
    }

    /// Lists a page of a run's artifacts: `GET /runs/{id}/artifacts`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func listArtifacts(
        of run: RunID, limit: Int? = nil, cursor: String? = nil
    ) async throws -> PageResponse<ArtifactResponse> {
        try await transport.call(
            .get, "/runs/\(run)/artifacts",
            query: [("limit", limit.map(String.init)), ("cursor", cursor)])
    }

    /// Lists a page of a workspace's artifacts, newest first: `GET /artifacts`.
    ///
    /// - Throws: ``TlaoError``, as every call.
    public func listArtifacts(
        in workspace: WorkspaceID? = nil, limit: Int? = nil, cursor: String? = nil
    ) async throws -> PageResponse<ArtifactResponse> {
        try await transport.call(
            .get, "/artifacts",
            query: [
                ("workspaceId", workspace?.text), ("limit", limit.map(String.init)),
                ("cursor", cursor),
            ])
    }

    /// Downloads an artifact, chunk by chunk, to `receive`, and checks size and SHA-256 at the end.
    ///
    /// `receive` gets the bytes before they are known to be right: keep them aside until this
    /// returns.
    ///
    /// - Throws: ``TlaoError``, as every call; `CONTENT_MISMATCH` when the bytes aren't the
    ///   artifact's; what `receive` throws.
    public func download(
        _ artifact: ArtifactResponse, to receive: ([UInt8]) async throws -> Void
    ) async throws {
        let name = "GET download URL"
        guard let url = artifact.downloadUrl else {
            throw TlaoError(
                Code.contentMismatch, message: "The artifact was never stored: its upload failed.",
                request: name)
        }
        var request = CurlRequest(.get, url)
        request.stallTimeout = Self.stallTimeout
        let response = try await transport.perform(request, name: name)
        try await transport.requireContent(response, name: name)
        var digest = SHA256()
        var size: Int64 = 0
        try await transport.receive(response.body, name: name) { chunk in
            digest.update(data: chunk)
            size += Int64(chunk.count)
            try await receive(chunk)
        }
        guard size == artifact.size, Self.hexadecimal(digest.finalize()) == artifact.sha256 else {
            throw TlaoError(
                .contentMismatch,
                message: "What was downloaded differs from the artifact; try again.", request: name)
        }
    }

    private typealias Code = TlaoError.Code

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
