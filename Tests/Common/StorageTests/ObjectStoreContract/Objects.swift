// SPDX-License-Identifier: Apache-2.0

import Crypto
import Storage
import Testing

extension ObjectStore {
    /// Stores bytes that are in memory.
    @discardableResult
    func put(
        _ key: String, _ bytes: [UInt8], expectation: ObjectExpectation = .anything
    ) async throws(ObjectStoreError) -> StoredObject {
        try await put(key, body: ObjectBody(bytes: bytes), expectation: expectation)
    }

    /// Reads all bytes of an object, or of a range of it.
    func bytes(_ key: String, range: Range<Int64>? = nil) async throws -> [UInt8] {
        let reader = try await get(key, range: range)
        let bytes = try await reader.body.reduce(into: [UInt8]()) { $0 += $1 }
        #expect(Int64(bytes.count) == reader.length)
        return bytes
    }
}

/// Chunks that a test makes one after the other, without ever holding two.
struct MadeChunks: AsyncSequence, Sendable {
    let count: Int
    let chunk: @Sendable (Int) throws -> [UInt8]

    func makeAsyncIterator() -> Iterator { Iterator(chunks: self) }

    struct Iterator: AsyncIteratorProtocol {
        let chunks: MadeChunks
        var index = 0

        mutating func next() async throws -> [UInt8]? {
            guard index < chunks.count else { return nil }
            defer { index += 1 }
            return try chunks.chunk(index)
        }
    }
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
}

/// Expects `body` to throw an ``ObjectStoreError`` of the kind; returns it for a closer look.
@discardableResult
func expectObjectStoreError(
    _ code: ObjectStoreError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async -> ObjectStoreError? {
    do {
        try await body()
        Issue.record("nothing was thrown, not \(code)", sourceLocation: sourceLocation)
    } catch let error as ObjectStoreError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("\(error) was thrown, not \(code)", sourceLocation: sourceLocation)
    }
    return nil
}
