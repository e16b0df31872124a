// SPDX-License-Identifier: Apache-2.0

import API
import SystemPackage
import TlaoSDK

/// Downloads an artifact to where it is wanted, once it has been found right.
struct ArtifactDownload: Sendable {
    let artifact: ArtifactResponse
    let target: DownloadTarget
    let session: CommandSession

    func run() async throws {
        let folder = target.folder(session.environment)
        let file = try await working("write in", folder) { try PendingFile(in: folder) }
        do {
            try await receive(into: file, in: folder)
            try await deliver(file)
        } catch {
            await discard(file)
            throw error
        }
    }

    private func receive(into file: PendingFile, in folder: FilePath) async throws {
        var received: Int64 = 0
        try await session.client.download(artifact) { bytes in
            try await working("write in", folder) { try file.append(bytes) }
            received += Int64(bytes.count)
            let (done, size) = (received, artifact.size)
            session.console.progress(
                "Downloading \(ByteCount.text(done)) of \(ByteCount.text(size))")
        }
    }

    private func deliver(_ file: PendingFile) async throws {
        guard let path = target.path else {
            try await session.console.copy(file)
            await discard(file)
            return
        }
        let replaces = target.replaces
        try await working("write", path) {
            try file.publish(as: path, replacing: replaces, permissions: .ofNewFile)
        }
        await session.console.say(
            "Wrote \(path.string.escapedForTerminal) (\(ByteCount.text(artifact.size))).")
    }

    private func discard(_ file: PendingFile) async {
        // Discarding itself reports nothing, see there.
        try? await FileWork.run { file.discard() }
    }

    private func working<Value: Sendable>(
        _ action: String, _ path: FilePath, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        do {
            return try await FileWork.run(work)
        } catch Errno.fileExists {
            throw DownloadTarget.taken(path)
        } catch let error as Errno {
            throw CommandFailure(error, action, path)
        }
    }
}
