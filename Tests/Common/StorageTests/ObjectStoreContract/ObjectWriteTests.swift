// SPDX-License-Identifier: Apache-2.0

import Foundation
import Storage
import TestSupport
import Testing

/// The contract of object stores: what is stored, and what is not.
@Suite(.timeLimit(.minutes(3))) struct ObjectWriteTests {
    private struct BodyFailure: Error {}

    @Test(arguments: ObjectStoreImplementation.all)
    func `64 MiB go in and out in chunks of every size`(store: ObjectStoreImplementation)
        async throws
    {
        let block = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let sizes = [65_536, 1, 65_535, 30_000, 35_536]
        let chunks = MadeChunks(count: 1_024 * 2) { index in
            Array(block.prefix(index.isMultiple(of: 2) ? sizes[(index / 2) % 5] : 0))
                + (index.isMultiple(of: 2) ? [] : block.suffix(65_536 - sizes[(index / 2) % 5]))
        }
        try await store.withStore { store async throws in
            let object = try await store.put(
                "big", body: ObjectBody(chunks), expectation: .anything)
            #expect(object.size == 64 * 1_024 * 1_024)
            let reader = try await store.get("big", range: nil)
            var size: Int64 = 0
            var greatestChunk = 0
            for try await chunk in reader.body {
                size += Int64(chunk.count)
                greatestChunk = max(greatestChunk, chunk.count)
            }
            #expect(size == object.size)
            #expect(greatestChunk <= 1_024 * 1_024)
            let middle = try await store.bytes("big", range: 33_000_000..<33_000_100)
            #expect(middle.count == 100)
        }
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `a put replaces what was there`(store: ObjectStoreImplementation) async throws {
        try await store.withStore { store async throws in
            try await store.put("k", Array(repeating: 1, count: 1_000))
            try await store.put("k", [2])
            #expect(try await store.bytes("k") == [2])
            #expect(try await store.head("k")?.sha256 == sha256([2]))
        }
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `a body that is as expected is stored`(store: ObjectStoreImplementation) async throws {
        let expectation = ObjectExpectation(size: 3, sha256: sha256([1, 2, 3]), sizeLimit: 3)
        try await store.withStore { store async throws in
            try await store.put("k", [1, 2, 3], expectation: expectation)
            #expect(try await store.bytes("k") == [1, 2, 3])
        }
    }

    @Test(
        arguments: ObjectStoreImplementation.all,
        [
            (ObjectExpectation(size: 2), ObjectStoreError.Code.contentMismatch),
            (ObjectExpectation(size: 4), .contentMismatch),
            (ObjectExpectation(sha256: sha256([3, 2, 1])), .contentMismatch),
            (ObjectExpectation(size: 3, sha256: sha256([])), .contentMismatch),
            (ObjectExpectation(sizeLimit: 2), .tooLarge),
            (ObjectExpectation(sizeLimit: 0), .tooLarge),
        ])
    func `a body that is not as expected leaves what was there`(
        store: ObjectStoreImplementation, refused: (ObjectExpectation, ObjectStoreError.Code)
    ) async throws {
        try await store.withStore { store async throws in
            try await store.put("old", [9])
            for key in ["old", "new"] {
                await expectObjectStoreError(refused.1) {
                    try await store.put(key, [1, 2, 3], expectation: refused.0)
                }
            }
            #expect(try await store.bytes("old") == [9])
            #expect(try await store.head("new") == nil)
        }
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `a body without end is refused at the limit`(store: ObjectStoreImplementation)
        async throws
    {
        let endless = MadeChunks(count: .max) { _ in Array(repeating: 0, count: 1_000) }
        try await store.withStore { store async throws in
            await expectObjectStoreError(.tooLarge) {
                _ = try await store.put(
                    "k", body: ObjectBody(endless),
                    expectation: ObjectExpectation(sizeLimit: 5_000_000))
            }
            let found = try await store.head("k")
            #expect(found == nil)
        }
    }

    @Test(arguments: ObjectStoreImplementation.all, [0, 1, 40])
    func `a body that fails stores nothing and its error is passed on`(
        store: ObjectStoreImplementation, failsAt: Int
    ) async throws {
        let failing = MadeChunks(count: 100) { index in
            if index == failsAt { throw BodyFailure() }
            return Array(repeating: 1, count: 50_000)
        }
        try await store.withStore { store async throws in
            try await store.put("old", [9])
            for key in ["old", "new"] {
                let error = await expectObjectStoreError(.bodyFailed) {
                    _ = try await store.put(
                        key, body: ObjectBody(failing), expectation: .anything)
                }
                #expect(error?.cause is BodyFailure)
            }
            #expect(try await store.bytes("old") == [9])
            #expect(try await store.head("new") == nil)
        }
    }

    @Test(
        arguments: ObjectStoreImplementation.all,
        [
            "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a b", "a\\b", "ä", "a\u{0}",
            "a~b", "a%2Fb", "a\n", String(repeating: "k", count: 1_025),
        ])
    func `a key of another form is refused by every function`(
        store: ObjectStoreImplementation, key: String
    ) async throws {
        try await store.withStore { store async throws in
            await expectObjectStoreError(.invalidKey) { try await store.put(key, [1]) }
            await expectObjectStoreError(.invalidKey) {
                _ = try await store.get(key, range: nil)
            }
            await expectObjectStoreError(.invalidKey) { _ = try await store.head(key) }
            await expectObjectStoreError(.invalidKey) { try await store.delete(key) }
            await expectObjectStoreError(.invalidKey) {
                _ = try await store.downloadURL(key, fileName: "f", validFor: 1)
            }
            await expectObjectStoreError(.invalidKey) {
                _ = try await store.uploadURL(key, size: 1, sha256: sha256([]), validFor: 1)
            }
        }
    }

    @Test(
        arguments: ObjectStoreImplementation.all,
        [
            "...", "a/.hidden/..b", "-_.AZaz09", String(repeating: "k", count: 1_024),
            "x/" + String(repeating: "n", count: 300) + "/y",
        ])
    func `a key of the form is stored whatever its length`(
        store: ObjectStoreImplementation, key: String
    ) async throws {
        try await store.withStore { store async throws in
            try await store.put(key, [1, 2])
            let other = String(key.dropLast()) + "0"
            #expect(try await store.bytes(key) == [1, 2])
            #expect(try await store.head(other) == nil)
            try await store.delete(key)
            #expect(try await store.head(key) == nil)
        }
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `concurrent puts leave one of the bodies, whole`(store: ObjectStoreImplementation)
        async throws
    {
        try await store.withStore { store async throws in
            try await withThrowingTaskGroup { group in
                for number in UInt8(0)..<16 {
                    group.addTask {
                        let body = MadeChunks(count: 20) { _ in
                            Array(repeating: number, count: 10_000)
                        }
                        _ = try await store.put(
                            "shared/k", body: ObjectBody(body), expectation: .anything)
                        let bytes = try await store.bytes("shared/k")
                        try #require(bytes.count == 200_000)
                        try #require(Set(bytes).count == 1)
                    }
                }
                try await group.waitForAll()
            }
            let bytes = try await store.bytes("shared/k")
            #expect(try await store.head("shared/k")?.sha256 == sha256(bytes))
        }
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `a file is copied, so it may change afterwards`(store: ObjectStoreImplementation)
        async throws
    {
        let content = (0..<600_000).map { UInt8(truncatingIfNeeded: $0) }
        try await withTemporaryDirectory { folder in
            let path = folder + "/source"
            try Data(content).write(to: URL(filePath: path))
            try await store.withStore { store async throws in
                let object = try await store.put(
                    "k", file: path,
                    expectation: ObjectExpectation(size: 600_000, sha256: sha256(content)))
                try Data([1]).write(to: URL(filePath: path))
                #expect(object.size == 600_000)
                #expect(try await store.bytes("k") == content)
                await expectObjectStoreError(.contentMismatch) {
                    _ = try await store.put(
                        "k", file: path, expectation: ObjectExpectation(size: 2))
                }
                await expectObjectStoreError(.bodyFailed) {
                    _ = try await store.put("k", file: path + "x", expectation: .anything)
                }
                #expect(try await store.bytes("k") == content)
            }
        }
    }
}
