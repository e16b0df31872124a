// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
import Seams
import ServiceRuntime
import Storage
import SystemPackage

/// Stores files as artifacts of a run that is held: the object first, then its record, then the
/// step that tells of it.
struct ArtifactUpload: Sendable {
    let claim: RunClaim
    let timeline: TimelineWriter
    let configuration: ExecutorConfiguration
    let dependencies: ExecutorDependencies
    let logger: Logger

    /// Stores the file at `path` and answers its record, whose status says whether that succeeded.
    ///
    /// - Throws: ``RunStopped`` when the run is not held any more; an error when the file can't be
    ///   read.
    func store(
        _ path: FilePath, fileName: String, as type: ArtifactType, mediaType: String
    ) async throws -> Artifact {
        let digest = try await FileDigest.of(path)
        let id: ArtifactID = dependencies.identifiers.next()
        let key = ObjectKeys.artifact(
            id, fileName: fileName, run: claim.run.id, in: claim.run.workspaceID)
        let isStored = try await put(path, digest, at: key, id)
        let artifact = Artifact(
            id: id, runID: claim.run.id, workspaceID: claim.run.workspaceID, artifactType: type,
            fileName: fileName, mediaType: mediaType, size: digest.size, sha256: digest.sha256,
            status: isStored ? .stored : .uploadFailed, createdAt: dependencies.time.now)
        try await record(artifact)
        if isStored { try await announce(artifact) }
        return artifact
    }

    private func put(
        _ path: FilePath, _ digest: FileDigest, at key: String, _ id: ArtifactID
    ) async throws -> Bool {
        do {
            _ = try await TransferRetry(configuration, dependencies, logger).perform("upload") {
                try await dependencies.objects.put(
                    key, file: path.string,
                    expectation: ObjectExpectation(size: digest.size, sha256: digest.sha256))
            }
            return true
        } catch {
            try Task.checkCancellation()
            logger.error(
                "Artifact could not be uploaded",
                metadata: [
                    LogKeys.operation: "upload", LogKeys.artifactID: "\(id)",
                    LogKeys.error: "\(error)",
                ])
            return false
        }
    }

    /// Records it under the lease token; a table that can't be reached is tried again for as long
    /// as the run is held.
    private func record(_ artifact: Artifact) async throws {
        var pause: Duration = .milliseconds(50)
        while !claim.control.isLost {
            do throws(TableError) {
                let commit = try await dependencies.runs.record(artifact, token: claim.token)
                if commit == .committed { return }
                claim.control.stop(.lost)
            } catch {
                logger.warning(
                    "Artifact could not be recorded",
                    metadata: [
                        LogKeys.operation: "record-artifact", LogKeys.artifactID: "\(artifact.id)",
                        LogKeys.error: "\(error)",
                    ])
                guard error.code != .invalidRequest else { throw error }
                try await dependencies.time.sleep(for: dependencies.random.part(of: pause))
                pause = min(pause * 2, .seconds(1))
            }
        }
        throw RunStopped()
    }

    private func announce(_ artifact: Artifact) async throws {
        try await timeline.write(
            .artifactReady, artifact.fileName,
            [
                "artifactId": .string(artifact.id.text), "fileName": .string(artifact.fileName),
                "artifactType": .string(artifact.artifactType.rawValue),
                "size": .integer(artifact.size), "mediaType": .string(artifact.mediaType),
                "sha256": .string(artifact.sha256),
            ])
    }
}
