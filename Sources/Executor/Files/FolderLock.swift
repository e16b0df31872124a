// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

/// A lock on a file that lasts until it is released, or its process is gone.
///
/// Blocks when taken.
///
/// Source: `flock(2)`: the lock belongs to the open file; the kernel releases it with the last of
/// its descriptors, and none is handed to a child (close-on-exec).
struct FolderLock: Sendable {
    private let descriptor: FileDescriptor

    /// Takes the lock of the file at `path`, which is made when missing, waiting for its holder.
    static func take(_ path: FilePath) throws -> FolderLock {
        let descriptor = try open(path, [.create, .closeOnExec])
        guard flock(descriptor.rawValue, LOCK_EX) == 0 else {
            let error = Errno(rawValue: errno)
            try descriptor.close()
            throw error
        }
        return FolderLock(descriptor: descriptor)
    }

    /// Takes the lock of the existing file at `path`; nil when somebody holds it.
    static func takeIfFree(_ path: FilePath) throws -> FolderLock? {
        let descriptor = try open(path, [.closeOnExec])
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            let error = Errno(rawValue: errno)
            try descriptor.close()
            if error == .wouldBlock { return nil }
            throw error
        }
        return FolderLock(descriptor: descriptor)
    }

    /// Releases the lock; the file stays.
    func release() throws { try descriptor.close() }

    private static func open(
        _ path: FilePath, _ options: FileDescriptor.OpenOptions
    ) throws -> FileDescriptor {
        try FileDescriptor.open(
            path, .readWrite, options: options, permissions: [.ownerReadWrite])
    }
}
