// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct RoundTripTests {
    /// Packs with `body`, unpacks, and answers what is in the target then.
    private func roundTrip(
        options: ArchiveOptions = ArchiveOptions(),
        _ body: @escaping @Sendable (inout ArchiveWriter) throws -> Void
    ) async throws -> [EntryPath: FolderSnapshot.Item] {
        try await withArchiveScene { scene in
            try await withArchiveWriter(to: .newFile(scene.archive), options: options, body)
            _ = try await scene.extract()
            return try await FolderSnapshot(of: scene.target).items
        }
    }

    @Test func `files, folders and links come back as they were`() async throws {
        let items = try await roundTrip { writer in
            try writer.addFile("bin/run", content: Array("#!".utf8), isExecutable: true)
            try writer.addFile("bin/empty", content: [])
            try writer.addDirectory("hollow")
            try writer.addSymbolicLink("current", target: "bin/run".utf8)
        }
        #expect(
            items == [
                "bin": .directory,
                "bin/run": .file(content: Array("#!".utf8), isExecutable: true),
                "bin/empty": .file(content: [], isExecutable: false),
                "hollow": .directory,
                "current": .symbolicLink(target: Array("bin/run".utf8)),
            ])
    }

    @Test(arguments: [
        "ünïcödé/日本語/😀.txt", "e\u{301}", String(repeating: "long", count: 60),
        Array(repeating: "folder", count: 40).joined(separator: "/"), "new\nline", "back\\slash",
        " space ", "-dash", "~", "quote\"'",
    ])
    func `a name comes back as it was`(name: String) async throws {
        let items = try await roundTrip { writer in
            try writer.addFile(EntryPath(name), content: [1])
        }
        #expect(items[EntryPath(name)] == .file(content: [1], isExecutable: false))
    }

    @Test func `a name and a link's target that are not UTF-8 come back as they were`() async throws
    {
        let name = EntryPath(bytes: [0x66, 0xFF, 0xFE])
        let link = EntryPath(bytes: [0x6C, 0xE9])
        let items = try await roundTrip { writer in
            try writer.addFile(name, content: [])
            try writer.addSymbolicLink(link, target: name.bytes)
        }
        #expect(items[link] == .symbolicLink(target: name.bytes))
        #expect(items[name] != nil)
    }

    @Test func `a link's target of 4000 bytes comes back as it was`() async throws {
        let target = Array(String(repeating: "ä/", count: 1500).utf8.prefix(4000))
        let items = try await roundTrip { writer in
            try writer.addSymbolicLink("link", target: target)
        }
        #expect(items["link"] == .symbolicLink(target: target))
    }

    @Test(arguments: [255, 256, 65_536, 262_143, 262_144, 262_145, 1_000_000])
    func `a file of any size comes back as it was`(size: Int) async throws {
        try await withArchiveScene { scene in
            let content = noise(size)
            let source = scene.outside.appending("source")
            try Data(content).write(to: URL(filePath: source.string))
            try await withArchiveWriter(to: .newFile(scene.archive)) { writer in
                try writer.addFile("copy", from: source)
                #expect(writer.contentBytes == Int64(size))
            }
            let summary = try await scene.extract()
            #expect(summary.bytes == Int64(size))
            let copy = try Data(contentsOf: URL(filePath: scene.target.appending("copy").string))
            #expect(copy == Data(content))
        }
    }

    @Test func `with one time for all, the same files give the same archive`() async throws {
        try await withArchiveScene { scene in
            let source = scene.outside.appending("victim")
            var options = ArchiveOptions()
            options.timestamps = .fixed(86_400)
            for name in ["first", "second"] {
                let path = scene.outside.appending(name)
                try await withArchiveWriter(to: .newFile(path), options: options) { writer in
                    try writer.addFile("file", from: source)
                }
                let attributes: [FileAttributeKey: Any] = [.modificationDate: Date.distantPast]
                try FileManager.default.setAttributes(attributes, ofItemAtPath: source.string)
            }
            let first = try Data(contentsOf: URL(filePath: scene.outside.string + "/first"))
            #expect(try Data(contentsOf: URL(filePath: scene.outside.string + "/second")) == first)
        }
    }

    @Test func `the modification time of a file comes back`() async throws {
        try await withArchiveScene { scene in
            let source = scene.outside.appending("victim")
            let time = Date(timeIntervalSince1970: 1_234_567_890)
            try FileManager.default.setAttributes(
                [.modificationDate: time], ofItemAtPath: source.string)
            try await withArchiveWriter(to: .newFile(scene.archive)) { writer in
                try writer.addFile("copy", from: source)
            }
            _ = try await scene.extract()
            let copy = scene.target.appending("copy").string
            let attributes = try FileManager.default.attributesOfItem(atPath: copy)
            #expect(attributes[.modificationDate] as? Date == time)
        }
    }

    @Test func `an archive without entries unpacks to nothing`() async throws {
        #expect(try await roundTrip { _ in }.isEmpty)
    }
}
