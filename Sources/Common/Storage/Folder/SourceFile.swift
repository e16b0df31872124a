// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Storage
import _NIOFileSystem

/// A file outside the store that is to be copied into it.
enum SourceFile {
    /// Opens the file at `path` and streams it to its end, 256 KiB at a time.
    static func body(path: String) async throws -> ObjectBody {
        ObjectBody(Chunks(file: try await OpenSource(path: FilePath(path))))
    }

    /// Owns the descriptor until the last reference is gone.
    private final class OpenSource: Sendable {
        let handle: ReadFileHandle

        init(path: FilePath) async throws {
            handle = try await FileSystem.shared.openFile(forReadingAt: path)
        }

        deinit {
            if let descriptor = try? handle.detachUnsafeFileDescriptor() { try? descriptor.close() }
        }
    }

    private struct Chunks: AsyncSequence, Sendable {
        let file: OpenSource

        func makeAsyncIterator() -> Iterator { Iterator(file: file) }

        struct Iterator: AsyncIteratorProtocol {
            let file: OpenSource
            var offset: Int64 = 0

            mutating func next() async throws -> [UInt8]? {
                let chunk = try await file.handle.readChunk(
                    fromAbsoluteOffset: offset, length: .kibibytes(256))
                offset += Int64(chunk.readableBytes)
                return chunk.readableBytes == 0 ? nil : Array(chunk.readableBytesView)
            }
        }
    }
}
