// SPDX-License-Identifier: Apache-2.0

import Dispatch
import SystemPackage

/// A file's bytes in chunks of 256 KiB, read outside Swift's cooperative threads.
struct FileChunks: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    static let chunkBytes = 256 << 10

    /// Where files are read; a read blocks for as long as the disk does.
    private static let queue = DispatchQueue(label: "tlao.file-chunks", attributes: .concurrent)

    let path: String
    let progress: (@Sendable (Int64) -> Void)?

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(path: path, progress: progress) }

    struct AsyncIterator: AsyncIteratorProtocol {
        let path: String
        let progress: (@Sendable (Int64) -> Void)?
        private var offset: Int64 = 0

        init(path: String, progress: (@Sendable (Int64) -> Void)?) {
            self.path = path
            self.progress = progress
        }

        mutating func next() async throws -> [UInt8]? {
            let chunk = try await FileChunks.read(path, at: offset)
            guard !chunk.isEmpty else { return nil }
            offset += Int64(chunk.count)
            progress?(offset)
            return chunk
        }
    }

    /// Opens the file anew for every chunk: an iterator that is dropped half-way then leaks
    /// nothing.
    private static func read(_ path: String, at offset: Int64) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        let file = try FileDescriptor.open(
                            FilePath(path), .readOnly, options: .closeOnExec)
                        return try file.closeAfter {
                            try unsafe [UInt8](unsafeUninitializedCapacity: chunkBytes) {
                                buffer, count in
                                count = try unsafe file.read(
                                    fromAbsoluteOffset: offset,
                                    into: UnsafeMutableRawBufferPointer(buffer))
                            }
                        }
                    })
            }
        }
    }
}
