// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Glibc
import Storage
import SystemPackage

/// Gives a finished file its final name, as one step that can't be seen half done.
///
/// Blocks, so it runs on a thread of Dispatch; cancelling the caller does not interrupt it.
enum FilePublication {
    /// Moves `source` to `destination`, replacing what is there, and makes the new name durable.
    ///
    /// Makes the folders on the way, which lie below `root`. Removes `source` when that fails.
    static func publish(_ source: FilePath, as destination: FilePath, below root: FilePath)
        async throws(ObjectStoreError)
    {
        let result: Result<Void, ObjectStoreError> = await withCheckedContinuation { answer in
            DispatchQueue.global().async {
                answer.resume(
                    returning: Result {
                        try publishBlocking(source, as: destination, below: root)
                    }.mapError { error in
                        discard(source)
                        return refusal(error)
                    })
            }
        }
        try result.get()
    }

    private static func publishBlocking(
        _ source: FilePath, as destination: FilePath, below root: FilePath
    ) throws {
        let folder = destination.removingLastComponent()
        let created = try createFolders(folder, below: root)
        try rename(source, to: destination)
        // A new folder's own name is in its parent: all of them must be on disk with the file's
        // name.
        for path in [folder] + created { try synchronize(folder: path) }
    }

    /// Creates the missing folders down to `folder`; returns the parents of the new ones.
    private static func createFolders(_ folder: FilePath, below root: FilePath) throws -> [FilePath]
    {
        var changed: [FilePath] = []
        var path = folder
        while path != root, !FileManager.default.fileExists(atPath: path.string) {
            path.removeLastComponent()
            changed.append(path)
        }
        if !changed.isEmpty {
            try FileManager.default.createDirectory(
                atPath: folder.string, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        return changed
    }

    /// Renames with the system call itself: of what Foundation and NIO offer, nothing replaces a
    /// file without a moment in which neither is there.
    private static func rename(_ source: FilePath, to destination: FilePath) throws(Errno) {
        if unsafe Glibc.rename(source.string, destination.string) != 0 {
            throw Errno(rawValue: errno)
        }
    }

    private static func synchronize(folder: FilePath) throws {
        let descriptor = try FileDescriptor.open(
            folder, .readOnly, options: [.directory, .closeOnExec])
        try descriptor.closeAfter {
            if fsync(descriptor.rawValue) != 0 { throw Errno(rawValue: errno) }
        }
    }

    /// Removes what could not be published; what can't be removed either is removed at the next
    /// start.
    private static func discard(_ source: FilePath) {
        try? FileManager.default.removeItem(atPath: source.string)
    }

    private static func refusal(_ error: any Error) -> ObjectStoreError {
        let isFolderInTheWay =
            [Errno.isDirectory, .notDirectory, .directoryNotEmpty].contains(error as? Errno)
            || (error as? CocoaError)?.code == .fileWriteFileExists
        if isFolderInTheWay {
            return ObjectStoreError(
                .invalidKey, "another object's key begins with this key, or this with that",
                cause: error)
        }
        if (error as? CocoaError)?.code == .fileWriteOutOfSpace {
            return ObjectStoreError(.noSpace, "there is no room left for the object", cause: error)
        }
        return ObjectStoreError(fileSystem: error)
    }
}
