// SPDX-License-Identifier: Apache-2.0

import Storage
import Testing

/// The contract of object stores: what is read.
@Suite(.timeLimit(.minutes(2))) struct ObjectReadTests {
    private static let key = "workspaces/w-1/archives/A_b.tar.gz"
    private static let content = (0..<300_000).map {
        UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8)
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `an object is read back with its size and digest`(store: ObjectStoreImplementation)
        async throws
    {
        try await store.withStore { store async throws in
            let expected = StoredObject(
                key: Self.key, size: Int64(Self.content.count), sha256: sha256(Self.content))
            #expect(try await store.put(Self.key, Self.content) == expected)
            #expect(try await store.head(Self.key) == expected)
            #expect(try await store.get(Self.key, range: nil).object == expected)
            #expect(try await store.bytes(Self.key) == Self.content)
        }
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `an object that is not there is not found`(store: ObjectStoreImplementation)
        async throws
    {
        try await store.withStore { store async throws in
            try await store.put("a/b", [1])
            for key in ["none", "a", "a/b/c", "a/B"] {
                let found = try await store.head(key)
                #expect(found == nil, "\(key)")
                await expectObjectStoreError(.notFound) {
                    _ = try await store.get(key, range: nil)
                }
                try await store.delete(key)
            }
            #expect(try await store.bytes("a/b") == [1])
        }
    }

    @Test(
        arguments: ObjectStoreImplementation.all,
        [
            0..<1, 0..<300_000, 299_999..<300_000, 5..<131_077, 131_072..<262_144, 7..<7,
            299_990..<400_000, 0..<Int64.max,
        ])
    func `a range is read exactly, cut at the end of the object`(
        store: ObjectStoreImplementation, range: Range<Int64>
    ) async throws {
        try await store.withStore { store async throws in
            try await store.put(Self.key, Self.content)
            let end = min(range.upperBound, Int64(Self.content.count))
            let reader = try await store.get(Self.key, range: range)
            #expect(reader.length == end - range.lowerBound)
            #expect(reader.object.size == Int64(Self.content.count))
            let bytes = try await store.bytes(Self.key, range: range)
            #expect(bytes == Array(Self.content[Int(range.lowerBound)..<Int(end)]))
        }
    }

    @Test(
        arguments: ObjectStoreImplementation.all,
        [300_000..<300_001, 300_000..<300_000, 400_000..<500_000, -1..<5])
    func `a range that begins outside the object is refused`(
        store: ObjectStoreImplementation, range: Range<Int64>
    ) async throws {
        try await store.withStore { store async throws in
            try await store.put(Self.key, Self.content)
            await expectObjectStoreError(.invalidRange) {
                _ = try await store.get(Self.key, range: range)
            }
        }
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `an empty object is an object`(store: ObjectStoreImplementation) async throws {
        try await store.withStore { store async throws in
            let object = try await store.put("empty", [])
            #expect(object == StoredObject(key: "empty", size: 0, sha256: sha256([])))
            #expect(try await store.head("empty") == object)
            #expect(try await store.bytes("empty").isEmpty)
            await expectObjectStoreError(.invalidRange) {
                _ = try await store.get("empty", range: 0..<1)
            }
        }
    }

    @Test(arguments: ObjectStoreImplementation.all)
    func `a reader reads on what it began, whatever becomes of the object`(
        store: ObjectStoreImplementation
    ) async throws {
        try await store.withStore { store async throws in
            try await store.put(Self.key, Self.content)
            let replaced = try await store.get(Self.key, range: nil)
            try await store.put(Self.key, [1, 2, 3])
            let removed = try await store.get(Self.key, range: nil)
            try await store.delete(Self.key)
            let first = try await replaced.body.reduce(into: [UInt8]()) { $0 += $1 }
            let second = try await removed.body.reduce(into: [UInt8]()) { $0 += $1 }
            #expect(first == Self.content)
            #expect(second == [1, 2, 3])
            #expect(try await store.head(Self.key) == nil)
        }
    }
}
