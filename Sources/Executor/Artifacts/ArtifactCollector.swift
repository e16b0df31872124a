// SPDX-License-Identifier: Apache-2.0

import Archive
import Logging
import Model
import NIOCore
import SystemPackage
import _NIOFileSystem

/// Finds and stores what a run produced: the patch, the agent's files, the log.
struct ArtifactCollector: Sendable {
    let folder: RunFolder
    let upload: ArtifactUpload
    let configuration: ExecutorConfiguration

    /// The log and the archive of what doesn't fit have places of their own.
    private static let reservedPlaces = 1

    /// Stores everything; what doesn't fit is packed or left out, with a warning.
    ///
    /// `record` is nil when the agent never got a workspace, and `log` holds what it wrote.
    ///
    /// - Throws: ``RunStopped`` when the run is not held any more; errors of disk, git or table.
    func collect(
        _ record: WorkspaceRecord?, log: RunLog, logLimit: Int
    ) async throws -> CollectedArtifacts {
        var collected = CollectedArtifacts()
        if let record {
            let changes = try await record.changes()
            try await storeFiles(try await candidates(changes), into: &collected)
            warn(ofTooLarge: changes.tooLarge, in: &collected)
        }
        try await storeLog(log, limit: logLimit, into: &collected)
        return collected
    }

    // MARK: Finding

    private func candidates(_ changes: WorkspaceChanges) async throws -> [ArtifactCandidate] {
        var candidates: [ArtifactCandidate] = []
        if changes.hasPatch {
            candidates += try await measured([EntryPath("changes.patch")], .record)
        }
        let place = folder.output
        if try await WorkspaceListing.isFolder(place) {
            try await FileWork.shared.perform { FolderAccess.openUp(place) }
        }
        let output = try await WorkspaceListing.entries(of: place, kinds: [.file])
        candidates += try await measured(output, .output)
        let documents = changes.changed.filter(ArtifactCandidate.isDocumentOrPlan)
        return candidates + (try await measured(documents, .workspace))
    }

    /// Leaves out what is no regular file, or not there any more.
    private func measured(
        _ paths: [EntryPath], _ origin: ArtifactCandidate.Origin
    ) async throws -> [ArtifactCandidate] {
        var candidates: [ArtifactCandidate] = []
        for path in paths {
            let info = try await FileSystem.shared.info(
                forFileAt: place(of: origin).appending(path), infoAboutSymbolicLink: true)
            guard let info, info.type == .regular else { continue }
            candidates.append(ArtifactCandidate(origin: origin, path: path, size: info.size))
        }
        return candidates
    }

    private func place(of origin: ArtifactCandidate.Origin) -> FilePath {
        switch origin {
        case .output: FilePath(folder.output)
        case .workspace: FilePath(folder.workspace)
        case .record: FilePath(folder.records)
        }
    }

    // MARK: Storing

    private func storeFiles(
        _ candidates: [ArtifactCandidate], into collected: inout CollectedArtifacts
    ) async throws {
        let selection = ArtifactSelection(
            candidates, count: configuration.artifactCount - Self.reservedPlaces,
            bytes: configuration.artifactBytes)
        for candidate in selection.single {
            collected.add(try await store(candidate))
        }
        guard !selection.packed.isEmpty || !selection.leftOut.isEmpty else { return }
        if !selection.packed.isEmpty { collected.add(try await storePacked(selection.packed)) }
        collected.warnings.append(Self.warning(of: selection))
    }

    private func store(_ candidate: ArtifactCandidate) async throws -> Artifact {
        let path = place(of: candidate.origin).appending(candidate.path)
        let name = candidate.path.description
        if candidate.origin == .record {
            return try await upload.store(
                path, fileName: name, as: .codeChange, mediaType: "text/x-diff")
        }
        let classification = ArtifactClassification(
            fileName: name, firstBytes: try await firstBytes(of: path, name))
        return try await upload.store(
            path, fileName: name, as: classification.artifactType,
            mediaType: classification.mediaType)
    }

    private func firstBytes(of path: FilePath, _ name: String) async throws -> [UInt8] {
        guard ArtifactClassification.needsContent(fileName: name) else { return [] }
        return try await FileSystem.shared.withFileHandle(forReadingAt: path) { file in
            let length = Int64(ArtifactClassification.inspectedBytes)
            return Array(
                buffer: try await file.readChunk(
                    fromAbsoluteOffset: 0, length: .bytes(length)))
        }
    }

    private func storePacked(_ candidates: [ArtifactCandidate]) async throws -> Artifact {
        var options = ArchiveOptions()
        options.allowsCaseCollisions = true
        let target = FilePath(folder.leftovers)
        try await withArchiveWriter(to: .newFile(target), options: options) { writer in
            for candidate in candidates {
                try writer.addFile(
                    candidate.path.below(EntryPath(candidate.origin.rawValue)),
                    from: place(of: candidate.origin).appending(candidate.path))
            }
        }
        return try await upload.store(
            target, fileName: "more.tar.gz", as: .document, mediaType: "application/gzip")
    }

    private func storeLog(
        _ log: RunLog, limit: Int, into collected: inout CollectedArtifacts
    ) async throws {
        let path = FilePath(folder.storedLog)
        collected.isLogTruncated = try await log.store(at: path, limit: limit)
        let artifact = try await upload.store(
            path, fileName: "run.log", as: .log, mediaType: "text/plain")
        collected.add(artifact)
        collected.logID = artifact.id
        guard collected.isLogTruncated else { return }
        let size = await log.size
        collected.warnings.append(
            RunWarning(
                code: .logTruncated,
                message: "Of \(size) bytes of output \(artifact.size) are stored."))
    }

    // MARK: Warnings

    private static func warning(of selection: ArtifactSelection) -> RunWarning {
        var message = "\(selection.packed.count) files are in more.tar.gz"
        if !selection.leftOut.isEmpty {
            message += ", \(selection.leftOut.count) were too large to be kept: "
            message += selection.leftOut.map(\.path.description).joined(separator: ", ")
        }
        return RunWarning(
            code: .artifactLeftOut, message: message,
            count: selection.packed.count + selection.leftOut.count)
    }

    private func warn(ofTooLarge paths: [EntryPath], in collected: inout CollectedArtifacts) {
        guard !paths.isEmpty else { return }
        let names = paths.map(\.description).joined(separator: ", ")
        collected.warnings.append(
            RunWarning(
                code: .artifactLeftOut,
                message: "Too large for the patch, so not in it: \(names)", count: paths.count))
    }
}
