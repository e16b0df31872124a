// SPDX-License-Identifier: Apache-2.0

import Crypto
import NIOCore
import Storage
import _NIOFileSystem

/// The SHA-256 of an object's bytes, kept as an extended attribute of its file.
///
/// The attribute is set before the file gets its name, so that one rename publishes both, and an
/// object's file is nothing but its bytes. On a file system without extended attributes, and for a
/// file that was copied without them, the digest is worked out from the bytes each time it is asked
/// for.
enum ObjectDigest {
    private static let attribute = "user.sha256"
    private static let digits = 64

    /// Keeps `sha256` with the file, where the file system can.
    static func keep(_ sha256: String, with file: WriteFileHandle) async throws {
        do {
            try await file.updateValueForAttribute(Array(sha256.utf8), attribute: attribute)
        } catch let error as FileSystemError where error.code == .unsupported {
            // Worked out when it is asked for.
        }
    }

    /// Reads the digest of the file, or works it out.
    static func read(from file: ReadFileHandle, size: Int64) async throws -> String {
        if let kept = try await kept(with: file) { return kept }
        var hasher = SHA256()
        var offset: Int64 = 0
        while offset < size {
            let chunk = try await file.readChunk(
                fromAbsoluteOffset: offset, length: .kibibytes(256))
            if chunk.readableBytes == 0 { break }
            hasher.update(data: Array(chunk.readableBytesView))
            offset += Int64(chunk.readableBytes)
        }
        return HexadecimalDigits.text(of: hasher.finalize())
    }

    private static func kept(with file: ReadFileHandle) async throws -> String? {
        do {
            let value = try await file.valueForAttribute(attribute)
            return value.count == digits ? String(decoding: value, as: UTF8.self) : nil
        } catch let error as FileSystemError where error.code == .unsupported {
            return nil
        }
    }
}
