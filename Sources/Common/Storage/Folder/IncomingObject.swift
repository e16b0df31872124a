// SPDX-License-Identifier: Apache-2.0

import Crypto
import Storage
import _NIOFileSystem

/// An object on its way in: takes the body's chunks, writes them to a file, checks what is
/// expected.
struct IncomingObject {
    private static let writeSize = 256 * 1_024

    private let file: WriteFileHandle
    private let expectation: ObjectExpectation
    private var hasher = SHA256()
    private var size: Int64 = 0
    private var written: Int64 = 0
    private var buffer: [UInt8] = []

    /// Prepares for writing to `file`, which is empty.
    init(file: WriteFileHandle, expectation: ObjectExpectation) {
        self.file = file
        self.expectation = expectation
    }

    /// Writes all of `body` and has it, with its digest, on disk.
    ///
    /// Holds at most one chunk and 256 KiB in memory, and reads on only when they are written.
    consuming func write(_ body: ObjectBody) async throws -> (size: Int64, sha256: String) {
        var chunks = body.makeAsyncIterator()
        while let chunk = try await Self.next(of: &chunks) {
            try take(chunk)
            if buffer.count >= Self.writeSize { try await flush() }
        }
        try await flush()
        let sha256 = HexadecimalDigits.text(of: hasher.finalize())
        try checkWhole(sha256)
        try await ObjectDigest.keep(sha256, with: file)
        try await file.synchronize()
        return (size, sha256)
    }

    private static func next(of chunks: inout ObjectBody.AsyncIterator)
        async throws(ObjectStoreError) -> [UInt8]?
    {
        do {
            if let chunk = try await chunks.next() { return chunk }
            // A cancelled stream just ends; what it yielded so far is not the object.
            try Task.checkCancellation()
            return nil
        } catch {
            throw ObjectStoreError(.bodyFailed, "the object's body failed", cause: error)
        }
    }

    /// Takes a chunk unless it makes the object longer than it may be.
    private mutating func take(_ chunk: [UInt8]) throws(ObjectStoreError) {
        size += Int64(chunk.count)
        if let limit = expectation.sizeLimit, size > limit {
            throw ObjectStoreError(.tooLarge, "the object is over \(limit) bytes")
        }
        if let expected = expectation.size, size > expected {
            throw ObjectStoreError(.contentMismatch, "the object is over \(expected) bytes")
        }
        hasher.update(data: chunk)
        buffer += chunk
    }

    private mutating func flush() async throws {
        if buffer.isEmpty { return }
        try await file.write(contentsOf: buffer, toAbsoluteOffset: written)
        written += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    private func checkWhole(_ sha256: String) throws(ObjectStoreError) {
        if let expected = expectation.size, size != expected {
            throw ObjectStoreError(
                .contentMismatch, "the object has \(size) bytes, not \(expected)")
        }
        if let expected = expectation.sha256, sha256 != expected {
            throw ObjectStoreError(.contentMismatch, "the object has another SHA-256 than expected")
        }
    }
}
