// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import Model
import ServiceRuntime
import SystemPackage

/// The folder of this worker's process, locked for as long as the process lives.
///
/// Below the configured folder each worker has one of its own, and in it one for each run. A
/// worker's folder is known by its lock file; one whose lock is free belonged to a worker that
/// died.
struct WorkFolder: Sendable {
    /// The absolute path.
    let path: String

    private let lock: FolderLock
    private let logger: Logger

    private static let lockName = "worker.lock"
    private static let guardName = ".tlao-workers.lock"

    /// Makes and locks the folder of a worker, and removes those of dead ones.
    ///
    /// - Throws: ``ExecutorError`` `workFolderUnusable`.
    static func open(
        _ configuration: ExecutorConfiguration, logger: Logger
    ) async throws -> WorkFolder {
        let (root, worker) = (configuration.workFolder, configuration.workerID)
        do {
            return try await FileWork.shared.perform {
                try makeFolder(root)
                // Held while folders are made and removed, so that none is removed between its
                // making and its locking.
                let turn = try FolderLock.take(FilePath(root + "/" + guardName))
                defer { try? turn.release() }
                removeDead(in: root, logger)
                let path = root + "/" + worker
                try makeFolder(path)
                let lock = try FolderLock.take(FilePath(path + "/" + lockName))
                return WorkFolder(path: path, lock: lock, logger: logger)
            }
        } catch {
            throw ExecutorError(
                .workFolderUnusable, "The work folder \(root) can't be used.", cause: error)
        }
    }

    /// Makes the folder of a run, for this user alone, and the folders in it.
    func makeRunFolder(_ run: RunID) async throws -> RunFolder {
        let folder = RunFolder(path: path + "/" + run.text)
        try await FileWork.shared.perform {
            try FolderRemoval.remove(folder.path)
            for path in folder.all { try Self.makeFolder(path) }
        }
        return folder
    }

    /// Removes a run's folder.
    ///
    /// What can't be removed is logged, and tried again by the next worker.
    func removeRunFolder(_ run: RunID) async {
        let folder = path + "/" + run.text
        do {
            try await FileWork.shared.perform { try FolderRemoval.remove(folder) }
        } catch {
            logger.error(
                "Run folder could not be removed",
                metadata: [
                    LogKeys.operation: "clean-up", LogKeys.runID: "\(run)",
                    LogKeys.error: "\(error)",
                ])
        }
    }

    /// Removes the folder, and gives up its lock.
    func close() async {
        do {
            try await FileWork.shared.perform {
                try FolderRemoval.remove(path)
                try lock.release()
            }
        } catch {
            logger.error(
                "Work folder could not be removed",
                metadata: [LogKeys.operation: "clean-up", LogKeys.error: "\(error)"])
        }
    }

    private static func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    private static func removeDead(in root: String, _ logger: Logger) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] {
            let folder = root + "/" + name
            guard FileManager.default.fileExists(atPath: folder + "/" + lockName) else { continue }
            do {
                try removeIfDead(folder)
            } catch {
                logger.warning(
                    "A dead worker's folder could not be removed",
                    metadata: [LogKeys.operation: "clean-up", LogKeys.error: "\(error)"])
            }
        }
    }

    private static func removeIfDead(_ folder: String) throws {
        let mark = folder + "/" + lockName
        guard let lock = try FolderLock.takeIfFree(FilePath(mark)) else { return }
        defer { try? lock.release() }
        // The mark goes last, so that a removal that is interrupted is taken up again.
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name != lockName {
            try FolderRemoval.remove(folder + "/" + name)
        }
        try FolderRemoval.remove(folder)
    }
}
