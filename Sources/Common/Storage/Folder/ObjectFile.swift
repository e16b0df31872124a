// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Storage
import _NIOFileSystem

/// The open file of one object.
///
/// Stays what it was when the object is replaced or removed meanwhile. Owns the descriptor until
/// the last reference is gone: a body that is never read, or not to its end, leaks nothing.
final class ObjectFile: Sendable {
    private static let chunkSize: Int64 = 128 * 1_024

    /// The number of bytes.
    let size: Int64

    /// The digest of the bytes.
    let sha256: String

    private let handle: ReadFileHandle

    /// Opens the file at `path`; throws `notFound` when it isn't there or isn't a file.
    init(path: FilePath) async throws {
        let handle = try await FileSystem.shared.openFile(
            forReadingAt: path,
            options: OpenOptions.Read(followSymbolicLinks: false, closeOnExec: true))
        do {
            let status = try await handle.info()
            guard status.type == .regular else {
                throw ObjectStoreError(.notFound, "there is no object at the key")
            }
            size = status.size
            sha256 = try await ObjectDigest.read(from: handle, size: status.size)
            self.handle = handle
        } catch {
            Self.close(handle)
            throw error
        }
    }

    deinit { Self.close(handle) }

    /// Streams the bytes of `range`, 128 KiB at a time.
    func body(_ range: Range<Int64>) -> ObjectBody { ObjectBody(Chunks(file: self, range: range)) }

    /// Closes without a thread hop: closing a descriptor that was only read from does not wait.
    private static func close(_ handle: ReadFileHandle) {
        // Throws only when it is closed already.
        if let descriptor = try? handle.detachUnsafeFileDescriptor() { try? descriptor.close() }
    }

    private func chunk(at offset: Int64, upTo end: Int64) async throws(ObjectStoreError) -> [UInt8]
    {
        do {
            let length = min(Self.chunkSize, end - offset)
            let chunk = try await handle.readChunk(
                fromAbsoluteOffset: offset, length: .bytes(length))
            guard chunk.readableBytes > 0 else {
                throw ObjectStoreError(.unavailable, "the object's file ends early")
            }
            return Array(chunk.readableBytesView)
        } catch {
            throw ObjectStoreError(fileSystem: error)
        }
    }

    private struct Chunks: AsyncSequence, Sendable {
        let file: ObjectFile
        let range: Range<Int64>

        func makeAsyncIterator() -> Iterator {
            Iterator(file: file, offset: range.lowerBound, end: range.upperBound)
        }

        struct Iterator: AsyncIteratorProtocol {
            let file: ObjectFile
            var offset: Int64
            let end: Int64

            mutating func next() async throws -> [UInt8]? {
                guard offset < end else { return nil }
                let chunk = try await file.chunk(at: offset, upTo: end)
                offset += Int64(chunk.count)
                return chunk
            }
        }
    }
}
