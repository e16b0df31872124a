// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import SystemPackage

/// A file that is written beside its place, and comes there whole or not at all.
///
/// Until then only its owner may read it. Every call blocks; whoever made it publishes or discards
/// it.
final class PendingFile: Sendable {
    private let path: FilePath
    private let file: FileDescriptor

    /// Makes an empty file with a name of its own.
    init(in folder: FilePath) throws {
        path = folder.appending(".tlao-\(UUID().uuidString.lowercased())")
        file = try FileDescriptor.open(
            path, .readWrite, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
            permissions: .ownerReadWrite)
    }

    func append(_ bytes: [UInt8]) throws {
        try file.writeAll(bytes)
    }

    /// Copies what was written to another file, from the beginning.
    func copy(to output: FileDescriptor) throws {
        var offset: Int64 = 0
        while true {
            let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                count = try unsafe file.read(
                    fromAbsoluteOffset: offset, into: UnsafeMutableRawBufferPointer(buffer))
            }
            if chunk.isEmpty { return }
            try output.writeAll(chunk)
            offset += Int64(chunk.count)
        }
    }

    /// Gives the file its name, once its bytes are on disk.
    ///
    /// A link of that name is never followed: without `replacing` it is in the way like any
    /// file (`EEXIST`), with it the link itself is replaced.
    func publish(
        as destination: FilePath, replacing: Bool, permissions: FilePermissions
    ) throws {
        try check(fchmod(file.rawValue, permissions.rawValue))
        try check(fsync(file.rawValue))
        if replacing {
            try check(unsafe rename(path.string, destination.string))
        } else {
            try takeFreeName(destination)
        }
        // After fsync(2) closing has nothing left that could fail.
        try? file.close()
    }

    /// Unlike rename(2), link(2) never takes a name away from another file.
    private func takeFreeName(_ destination: FilePath) throws {
        if unsafe link(path.string, destination.string) == 0 {
            try check(unsafe unlink(path.string))
            return
        }
        let error = Errno(rawValue: errno)
        guard error == .notPermitted || error == .notSupported else { throw error }
        // A file system without hard links: a name that was made here may be replaced.
        let reservation = try FileDescriptor.open(
            destination, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
            permissions: .ownerReadWrite)
        try reservation.close()
        try check(unsafe rename(path.string, destination.string))
    }

    /// Removes what was not published.
    ///
    /// What can't be removed is of no further use to anybody, so nothing is said.
    func discard() {
        try? file.close()
        _ = unsafe unlink(path.string)
    }

    private func check(_ result: Int32) throws {
        if result != 0 { throw Errno(rawValue: errno) }
    }
}

extension FilePermissions {
    /// Those that a new file gets from the process's umask(2).
    static var ofNewFile: FilePermissions {
        let mask = umask(0)
        _ = umask(mask)
        return FilePermissions(rawValue: 0o666 & ~mask)
    }
}
