// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

/// Keeps a second server out of a data folder, for as long as this process lives: the kernel frees
/// the lock whatever ends it.
struct DataFolderLock: ~Copyable {
    private let file: FileDescriptor

    /// Takes the lock.
    ///
    /// Throws ``ServerFailure``, naming the process that has it.
    init(_ folder: DataFolder) throws {
        let path = FilePath(folder.path + "/lock")
        let file = try FileDescriptor.open(
            path, .readWrite, options: [.create, .closeOnExec],
            permissions: [.ownerRead, .ownerWrite])
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.owner(file)
            try file.close()
            throw ServerFailure(
                status: ServerFailure.unavailable,
                message:
                    "The data folder \(folder.path) is in use by process \(owner). Stop it, or use another --data."
            )
        }
        try file.resize(to: 0)
        _ = try file.writeAll(toAbsoluteOffset: 0, Array(String(getpid()).utf8))
        self.file = file
    }

    deinit { try? file.close() }

    private static func owner(_ file: FileDescriptor) -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            (try? unsafe file.read(fromAbsoluteOffset: 0, into: buffer)) ?? 0
        }
        return count == 0 ? "unknown" : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
