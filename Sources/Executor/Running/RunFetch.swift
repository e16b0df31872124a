// SPDX-License-Identifier: Apache-2.0

import Archive
import Crypto
import Model
import Repositories
import Storage
import SystemPackage
import _NIOFileSystem

/// Fetches what a run is made of: its specification, its limits and its workspace.
struct RunFetch: Sendable {
    let run: Run
    let folder: RunFolder
    let dependencies: ExecutorDependencies
    let retry: TransferRetry

    /// The most bytes of a specification's document.
    private static let specBytes = 1 << 20

    /// Reads the task's specification from its object.
    func spec() async throws -> TaskSpec {
        let key = ObjectKeys.taskSpec(run.taskID, in: run.workspaceID)
        let bytes = try await retry.perform("fetch-specification", isFinal: isFinal) {
            try await read(key)
        }
        return try JSONText.decode(TaskSpec.self, from: bytes)
    }

    private func read(_ key: String) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in try await dependencies.objects.get(key, range: nil).body {
            bytes += chunk
            guard bytes.count <= Self.specBytes else {
                throw RunFault(.internal, "The task's specification is too large to be one.")
            }
        }
        return bytes
    }

    /// What another attempt would not change.
    private func isFinal(_ error: any Error) -> Bool {
        guard let error = error as? ObjectStoreError else { return true }
        return !(error.isRetriable || error.code == .bodyFailed)
    }

    /// The limits in force for the run's workspace.
    func guardrails() async throws -> Guardrails {
        let workspace = try await dependencies.workspaces.workspace(run.workspaceID)
        return dependencies.guardrails.overridden(
            by: workspace?.guardrails ?? GuardrailOverrides())
    }

    /// Downloads and unpacks the archive into the workspace; without one that stays empty.
    ///
    /// - Throws: ``RunFault`` `archiveMissing` or `archiveInvalid`.
    func workspace(unpackedBytes: Int64, entries: Int) async throws {
        guard let id = run.archiveID else { return }
        guard let archive = try await dependencies.workspaces.archive(id, in: run.workspaceID)
        else { throw RunFault(.archiveMissing, "The workspace archive is not known.") }
        try await retry.perform("fetch-archive", isFinal: isFinal) { try await download(archive) }
        var limits = ExtractionLimits()
        limits.totalBytes = unpackedBytes
        limits.fileBytes = unpackedBytes
        limits.entries = entries
        try await unpack(limits)
        try await FileSystem.shared.removeItem(
            at: FilePath(folder.archive), strategy: .platformDefault, recursively: false)
    }

    // MARK: Downloading

    private func download(_ archive: WorkspaceArchive) async throws {
        let reader: ObjectReader
        do throws(ObjectStoreError) {
            reader = try await dependencies.objects.get(archive.objectKey, range: nil)
        } catch {
            guard error.code == .notFound else { throw error }
            throw RunFault(.archiveMissing, "The workspace archive is not in the object store.")
        }
        let digest = try await write(reader.body, limit: archive.size)
        guard digest.size == archive.size, digest.sha256 == archive.sha256 else {
            throw RunFault(
                .archiveInvalid,
                """
                The workspace archive is not the one announced: \(digest.size) bytes with SHA-256 \
                \(digest.sha256), not \(archive.size) bytes with \(archive.sha256).
                """)
        }
    }

    /// Writes an object to the archive's file, at most one chunk more than `limit` bytes.
    private func write(_ body: ObjectBody, limit: Int64) async throws -> FileDigest {
        try await FileSystem.shared.withFileHandle(
            forWritingAt: FilePath(folder.archive), options: .newFile(replaceExisting: true)
        ) { file in
            var (hash, size) = (SHA256(), Int64(0))
            for try await chunk in body where size <= limit {
                hash.update(data: chunk)
                size += try await file.write(contentsOf: chunk, toAbsoluteOffset: size)
            }
            return FileDigest(size: size, sha256: FileDigest.hexadecimal(hash.finalize()))
        }
    }

    // MARK: Unpacking

    private func unpack(_ limits: ExtractionLimits) async throws {
        do throws(ArchiveError) {
            _ = try await ArchiveExtractor(limits: limits).extract(
                FilePath(folder.archive), into: FilePath(folder.workspace))
        } catch {
            switch error.code {
            case .destinationFailed, .cancelled, .sourceUnreadable: throw error
            default:
                throw RunFault(
                    .archiveInvalid, "The workspace archive can't be unpacked: \(error.reason)",
                    cause: error)
            }
        }
    }
}
