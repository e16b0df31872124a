// SPDX-License-Identifier: Apache-2.0

import FolderStorage
import Foundation
import Storage
import TestSupport
import Testing

/// What only an object store in a folder promises.
@Suite(.timeLimit(.minutes(2))) struct FolderObjectStoreTests {
    private struct BodyFailure: Error {}

    @Test func `an object is a file of its bytes alone, for the owner only`() async throws {
        try await withFolderStore { store, root in
            try await store.put("a/b.txt", Array("hello".utf8))
            let path = root + "/objects/a/b.txt"
            #expect(FileManager.default.contents(atPath: path) == Data("hello".utf8))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `nothing is left of a put that failed, nor of one that went through`()
        async throws
    {
        let failing = MadeChunks(count: 9) { index in
            if index == 8 { throw BodyFailure() }
            return Array(repeating: 1, count: 100_000)
        }
        try await withFolderStore { store, root in
            await expectObjectStoreError(.bodyFailed) {
                _ = try await store.put("k", body: ObjectBody(failing), expectation: .anything)
            }
            await expectObjectStoreError(.contentMismatch) {
                try await store.put("k", [1], expectation: ObjectExpectation(size: 2))
            }
            try await store.put("other", [1])
            #expect(try files(in: root + "/incoming").isEmpty)
            #expect(try files(in: root + "/objects") == ["other"])
        }
    }

    @Test func `opening removes old files of crashed processes and leaves young ones`()
        async throws
    {
        let now: Int64 = 1_700_000_000
        try await withFolderStore { _, root in
            for (name, age) in [("old", 3_601), ("young", 3_599)] {
                let path = root + "/incoming/" + name
                try Data([1]).write(to: URL(filePath: path))
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: Double(now - Int64(age)))],
                    ofItemAtPath: path)
            }
            _ = try await FolderObjectStore.open(
                root: root, signer: ObjectURLSigner(key: [1]), publicURL: { "" },
                now: { now * 1_000 })
            #expect(try files(in: root + "/incoming") == ["young"])
        }
    }

    @Test func `objects are there after the store is opened again`() async throws {
        try await withFolderStore { store, root in
            let object = try await store.put("a/b", [1, 2])
            let again = try await FolderObjectStore.open(
                root: root, signer: ObjectURLSigner(key: [1]), publicURL: { "" }, now: { 0 })
            #expect(try await again.head("a/b") == object)
        }
    }

    @Test func `many processes may open a new folder at once`() async throws {
        try await withTemporaryDirectory { folder in
            try await withThrowingTaskGroup { group in
                for number in 0..<8 {
                    group.addTask {
                        let store = try await FolderObjectStore.open(
                            root: folder + "/new/root", signer: ObjectURLSigner(key: [1]),
                            publicURL: { "" }, now: { 0 })
                        try await store.put("shared/\(number)", [1])
                    }
                }
                try await group.waitForAll()
            }
            #expect(try files(in: folder + "/new/root/objects/shared").count == 8)
        }
    }

    @Test func `a file that lost its attributes keeps its digest`() async throws {
        try await withFolderStore { store, root in
            let content = Array(repeating: UInt8(7), count: 700_000)
            let object = try await store.put("k", content)
            let path = root + "/objects/k"
            try FileManager.default.removeItem(atPath: path)
            try Data(content).write(to: URL(filePath: path))
            #expect(try await store.head("k") == object)
        }
    }

    @Test func `a key below or above another object's is refused and harms nothing`()
        async throws
    {
        try await withFolderStore { store, root in
            try await store.put("a/b", [1])
            await expectObjectStoreError(.invalidKey) { try await store.put("a", [2]) }
            await expectObjectStoreError(.invalidKey) { try await store.put("a/b/c", [2]) }
            try await store.delete("a")
            #expect(try await store.bytes("a/b") == [1])
            #expect(try files(in: root + "/incoming").isEmpty)
        }
    }

    @Test func `a symbolic link is not an object`() async throws {
        try await withFolderStore { store, root in
            try FileManager.default.createSymbolicLink(
                atPath: root + "/objects/link", withDestinationPath: "/etc/passwd")
            #expect(try await store.head("link") == nil)
        }
    }

    @Test func `a body that is not read to its end leaks no descriptor`() async throws {
        try await withFolderStore { store, _ in
            try await store.put("k", Array(repeating: 1, count: 500_000))
            _ = try await store.bytes("k")
            let before = try openFiles()
            for _ in 0..<300 {
                let reader = try await store.get("k", range: nil)
                var iterator = reader.body.makeAsyncIterator()
                _ = try await iterator.next()
            }
            // Other suites run meanwhile; 300 lost descriptors would stand out.
            #expect(try openFiles() < before + 200)
        }
    }

    @Test func `a put that is cancelled stores nothing`() async throws {
        try await withFolderStore { store, root in
            let begun = TestSignal<Void>()
            let task = Task {
                let waiting = AsyncStream<[UInt8]> { continuation in
                    continuation.yield([1])
                    begun.send()
                }
                _ = try await store.put("k", body: ObjectBody(waiting), expectation: .anything)
            }
            _ = try await begun.next()
            task.cancel()
            await expectObjectStoreError(.bodyFailed) { try await task.value }
            #expect(try files(in: root + "/incoming").isEmpty)
            #expect(try await store.head("k") == nil)
        }
    }

    private func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private func openFiles() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
}
