// SPDX-License-Identifier: Apache-2.0

import Crypto
import NIOCore
import SystemPackage
import _NIOFileSystem

/// Size and SHA-256 of a file.
struct FileDigest: Equatable, Sendable {
    let size: Int64
    /// 64 lower-case hexadecimal digits.
    let sha256: String

    /// Reads the file once, in pieces.
    static func of(_ path: FilePath) async throws -> FileDigest {
        try await FileSystem.shared.withFileHandle(forReadingAt: path) { file in
            var (hash, size) = (SHA256(), Int64(0))
            for try await chunk in file.readChunks(chunkLength: .kibibytes(256)) {
                hash.update(data: Array(buffer: chunk))
                size += Int64(chunk.readableBytes)
            }
            return FileDigest(size: size, sha256: hexadecimal(hash.finalize()))
        }
    }

    /// The digits of a finished digest.
    static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
