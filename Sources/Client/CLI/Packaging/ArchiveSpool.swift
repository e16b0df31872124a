// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import Synchronization
import SystemPackage

/// Keeps an archive's bytes in a file without a name, and knows their number and SHA-256.
///
/// An upload must say both before its first byte. The file has mode 0600 and is removed from its
/// folder as soon as it is made: a killed process leaves nothing.
final class ArchiveSpool: Sendable {
    private struct State {
        var hash = SHA256()
        var size: Int64 = 0
    }

    private let state = Mutex(State())
    private let sizeLimit: Int64
    private let file: FileDescriptor

    /// Makes the file.
    ///
    /// Blocks, as ``append(_:)`` does.
    init(in folder: FilePath, sizeLimit: Int64) throws {
        self.sizeLimit = sizeLimit
        let path = folder.appending("tlao-\(UUID().uuidString)")
        file = try FileDescriptor.open(
            path, .readWrite, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
            permissions: .ownerReadWrite)
        do {
            try FileManager.default.removeItem(atPath: path.string)
        } catch {
            try file.close()
            throw error
        }
    }

    /// Where this process can open the file again.
    var path: FilePath { FilePath("/proc/self/fd/\(file.rawValue)") }

    /// The bytes so far.
    var size: Int64 { state.withLock { $0.size } }

    /// The SHA-256 of the bytes so far, in hexadecimal digits.
    var sha256: String {
        state.withLock { state in
            state.hash.finalize().map { byte in
                let digits = String(byte, radix: 16)
                return byte < 16 ? "0" + digits : digits
            }
            .joined()
        }
    }

    /// Adds bytes at the end; refuses those that would pass the limit.
    func append(_ bytes: [UInt8]) throws {
        try state.withLock { state in
            guard Int64(bytes.count) <= sizeLimit - state.size else {
                throw PackagingError(
                    .tooLarge, "The folder's archive is larger than \(sizeLimit) bytes.")
            }
            try file.writeAll(bytes)
            state.hash.update(data: bytes)
            state.size += Int64(bytes.count)
        }
    }

    /// Ends the file's life.
    func close() throws {
        try file.close()
    }
}
