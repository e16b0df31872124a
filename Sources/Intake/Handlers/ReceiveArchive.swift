// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Hummingbird
import Model
import Repositories
import Seams
import Storage

/// `POST /workspaces/{id}/archive`: a workspace archive, announced (JSON) or sent at once (gzip).
struct ReceiveArchive {
    /// For how long an upload URL works, in seconds.
    private static let uploadSeconds = 15 * 60

    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let workspace = try await access.workspace(context)
        let guardrails = dependencies.guardrails.overridden(by: workspace.guardrails)
        let mediaType = request.headers[.contentType]?.split(separator: ";").first.map {
            $0.lowercased()
        }
        let answer: ArchiveResponse
        switch mediaType {
        case "application/gzip", "application/x-gzip":
            answer = try await store(request, in: workspace.id, limit: guardrails.maxArchiveBytes)
        case "application/json":
            answer = try await announce(
                request, in: workspace.id, limit: guardrails.maxArchiveBytes)
        default:
            throw Violations([
                Violation(
                    field: "Content-Type",
                    reason:
                        "must be application/gzip (the archive itself) or application/json (its size and sha256)"
                )
            ])
        }
        return try Answers.json(
            answer, status: .created,
            location: "/workspaces/\(workspace.id)/archives/\(answer.archiveId)")
    }

    /// Stores the body, streamed; one that is too large is refused as early as that is known.
    private func store(_ request: Request, in workspace: WorkspaceID, limit: Int64) async throws
        -> ArchiveResponse
    {
        let announced = request.headers[.contentLength].flatMap { Int64($0) }
        if let announced, announced > limit { throw tooLarge(limit) }
        let id: ArchiveID = dependencies.identifiers.next()
        let stored = try await put(request, as: id, in: workspace, size: announced, limit: limit)
        return try await record(id, in: workspace, size: stored.size, sha256: stored.sha256)
    }

    private func put(
        _ request: Request, as id: ArchiveID, in workspace: WorkspaceID, size: Int64?, limit: Int64
    ) async throws -> StoredObject {
        let body = ObjectBody(RequestBodyChunks(body: request.body))
        let expectation = ObjectExpectation(size: size, sizeLimit: limit)
        do throws(ObjectStoreError) {
            return try await dependencies.objects.put(
                ObjectKeys.archive(id, in: workspace), body: body, expectation: expectation)
        } catch {
            throw error.code == .tooLarge ? tooLarge(limit) : error
        }
    }

    /// Records what will be uploaded, and hands out the URL for it.
    private func announce(_ request: Request, in workspace: WorkspaceID, limit: Int64) async throws
        -> ArchiveResponse
    {
        var document = try await RequestDocument(of: request)
        let size = document.optionalWhole("size", in: 1...Int64.max)
        if size == nil, document.value["size"] == nil { document.refuse("size", "is missing") }
        let sha256 = document.text("sha256", length: 64...64)
        if !sha256.isEmpty, !Self.isDigest(sha256) {
            document.refuse("sha256", "must be 64 lower-case hexadecimal digits")
        }
        try document.finish()
        guard let size else { throw Refusal(.validationFailed, "The size is missing.") }
        guard size <= limit else { throw tooLarge(limit) }
        let id: ArchiveID = dependencies.identifiers.next()
        let key = ObjectKeys.archive(id, in: workspace)
        let url = try await dependencies.objects.uploadURL(
            key, size: size, sha256: sha256, validFor: Self.uploadSeconds)
        let recorded = try await record(id, in: workspace, size: size, sha256: sha256)
        return ArchiveResponse(
            archiveId: recorded.archiveId, key: key, uploadUrl: url.url, uploadHeaders: url.headers)
    }

    private func record(
        _ id: ArchiveID, in workspace: WorkspaceID, size: Int64, sha256: String
    ) async throws -> ArchiveResponse {
        let archive = WorkspaceArchive(
            id: id, workspaceID: workspace, size: size, sha256: sha256,
            createdAt: dependencies.time.now)
        guard try await dependencies.workspaces.create(archive) == .committed else {
            throw Refusal(.internal, "The new archive's identifier is taken.")
        }
        return ArchiveResponse(archiveId: id, key: archive.objectKey)
    }

    private func tooLarge(_ limit: Int64) -> Refusal {
        Refusal(
            .archiveTooLarge,
            "The archive is over the limit of \(limit) bytes; leave more out of it.",
            maxBytes: limit)
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
