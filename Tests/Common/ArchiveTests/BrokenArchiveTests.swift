// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import PropertyTesting
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct BrokenArchiveTests {
    /// A small archive as the writer makes it, with every kind of entry.
    private static func goodArchive(in scene: ArchiveScene) async throws -> [UInt8] {
        let name = String(repeating: "long", count: 40)
        try await withArchiveWriter(to: .newFile(scene.archive)) { writer in
            try writer.addFile("a/b", content: Array("some text, some text".utf8))
            try writer.addFile(EntryPath(name), content: [UInt8](0...255))
            try writer.addSymbolicLink("link", target: "a/b".utf8)
            try writer.addDirectory("d")
        }
        return Array(try Data(contentsOf: URL(filePath: scene.archive.string)))
    }

    /// Unpacks into a fresh target.
    private static func extract(_ bytes: [UInt8], in scene: ArchiveScene) async throws {
        let files = FileManager.default
        try files.removeItem(atPath: scene.target.string)
        try files.createDirectory(atPath: scene.target.string, withIntermediateDirectories: false)
        try scene.write(bytes)
        _ = try await scene.extract()
    }

    @Test func `an archive cut anywhere ends with an error`() async throws {
        try await withArchiveScene { scene in
            let good = try await Self.goodArchive(in: scene)
            try await Self.extract(good, in: scene)
            for length in 0..<good.count {
                await #expect(throws: ArchiveError.self, "cut to \(length) bytes") {
                    try await Self.extract(Array(good.prefix(length)), in: scene)
                }
            }
        }
    }

    @Test func `a stream that ends too early, though its checksum is right, is refused`()
        async throws
    {
        let tar = RawTar.archive([.file("a", String(repeating: "x", count: 1500)), .file("b")])
        try await withArchiveScene { scene in
            // 2048: between the two entries, which is an archive without its end marker.
            for length in stride(from: 0, to: 3072, by: 64) where length != 2048 {
                let bytes = StoredGzip.compress(Array(tar.prefix(length)))
                await #expect(throws: ArchiveError.self, "cut to \(length) bytes") {
                    try await Self.extract(bytes, in: scene)
                }
            }
        }
    }

    @Test func `an archive with any byte changed is refused or unpacks to the same`() async throws {
        try await withArchiveScene { scene in
            let good = try await Self.goodArchive(in: scene)
            try await Self.extract(good, in: scene)
            let expected = try await FolderSnapshot(of: scene.target)
            for index in good.indices {
                var bytes = good
                bytes[index] ^= 1 << UInt8(index % 8)
                do {
                    try await Self.extract(bytes, in: scene)
                    #expect(try await FolderSnapshot(of: scene.target) == expected, "byte \(index)")
                } catch let error as ArchiveError {
                    #expect(error.code != .libraryFailed)
                }
            }
        }
    }

    @Test func `random bytes are no archive`() async {
        await checkProperty("Random bytes", .bytes(count: 0...2000)) { bytes in
            try await withArchiveScene { scene in
                for bytes in [bytes, StoredGzip.compress(bytes), [0x1F, 0x8B, 8] + bytes] {
                    _ = try await requireThrows(ArchiveError.self) {
                        try await Self.extract(bytes, in: scene)
                    }
                }
            }
        }
    }

    @Test func `an archive with changed headers never traps and writes nothing outside`() async {
        let tar = RawTar.archive([
            .file("a/b"), RawEntry(name: Array("c".utf8), records: [("path", Array("é".utf8))]),
            .symbolicLink("l", to: "a"), .hardLink("h", to: "a/b"), .directory("d"),
        ])
        let change = zip(Generator<Int>.integer(in: 0...(tar.count - 1)), Generator<UInt8>.integer)
        await checkProperty("Changed headers", change.array(count: 1...5)) { changes in
            try await withArchiveScene { scene in
                var bytes = tar
                for (index, byte) in changes { bytes[index] = byte }
                try scene.write(StoredGzip.compress(bytes))
                let before = try await scene.surroundings()
                _ = try? await scene.extract()
                try requireEqual(try await scene.surroundings(), before)
            }
        }
    }

    @Test(arguments: [
        ("an empty file", [UInt8]()),
        ("text", Array("hello, world".utf8)),
        ("a tar file that is not compressed", RawTar.archive([.file("a")])),
        ("a gzip file of nothing", StoredGzip.compress([])),
        ("a gzip file of text", StoredGzip.compress(Array("hello, world".utf8))),
        ("gzip in gzip", StoredGzip.compress(StoredGzip.compress(RawTar.archive([.file("a")])))),
        (
            "a zip file",
            StoredGzip.compress(Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 64))
        ),
        ("a bzip2 file", Array("BZh91AY&SY".utf8)),
    ])
    func `anything but a compressed tar file is no archive`(
        description: String, bytes: [UInt8]
    ) async throws {
        try await withArchiveScene { scene in
            try scene.write(bytes)
            let error = await #expect(throws: ArchiveError.self) { try await scene.extract() }
            #expect(error?.code == .notAnArchive, "\(description)")
        }
    }

    @Test func `two gzip streams, or bytes after the stream, are refused`() async throws {
        let good = StoredGzip.compress(RawTar.archive([.file("a")]))
        try await withArchiveScene { scene in
            for bytes in [good + good, good + [1, 2, 3]] {
                let error = await #expect(throws: ArchiveError.self) {
                    try await Self.extract(bytes, in: scene)
                }
                #expect(error?.code == .damaged)
            }
        }
    }

    @Test func `what the library warns of is a note, and the archive is unpacked`() async throws {
        let nonsense = RawEntry(name: Array("x".utf8), type: "x", content: Array("nonsense".utf8))
        try await withExtracted([.file("a"), nonsense, .file("b")]) { _, summary in
            #expect(summary.files == 2)
            #expect(summary.notes.count == 1)
            #expect(summary.notes.first?.hasPrefix("b: ") == true)
        }
    }

    @Test func `a cancelled task unpacks nothing`() async throws {
        try await withArchiveScene { scene in
            try scene.write(StoredGzip.compress(RawTar.archive([.file("a")])))
            let error = await #expect(throws: ArchiveError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.cancelAll()
                    group.addTask { _ = try await scene.extract() }
                    try await group.waitForAll()
                }
            }
            #expect(error?.code == .cancelled)
            let snapshot = try await FolderSnapshot(of: scene.target)
            #expect(snapshot.items.isEmpty)
        }
    }

    @Test func `an archive or a folder that is not there is said so`() async throws {
        try await withArchiveScene { scene in
            let missing = await #expect(throws: ArchiveError.self) { try await scene.extract() }
            #expect(missing?.code == .sourceUnreadable)
            try scene.write(StoredGzip.compress(RawTar.archive([])))
            let folder = await #expect(throws: ArchiveError.self) {
                try await ArchiveExtractor().extract(
                    scene.archive, into: scene.outside.appending("nowhere"))
            }
            #expect(folder?.code == .destinationFailed)
        }
    }
}
