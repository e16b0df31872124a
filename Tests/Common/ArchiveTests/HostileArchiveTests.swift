// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import PropertyTesting
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct HostileArchiveTests {
    /// Entries of which the last one is refused, and the code.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: ArchiveError.Code
        let entries: [RawEntry]

        init(_ description: String, _ code: ArchiveError.Code, _ entries: RawEntry...) {
            testDescription = description
            self.code = code
            self.entries = entries
        }
    }

    static let cases: [Case] = [
        Case("an absolute name", .unsafeEntry, .file("/etc/tlao-test")),
        Case("a parent folder", .unsafeEntry, .file("../victim")),
        Case("a parent folder in the middle", .unsafeEntry, .file("a/../../victim")),
        Case("a parent folder that stays inside", .unsafeEntry, .file("a/../b")),
        Case("a folder above", .unsafeEntry, .directory("..")),
        Case("an absolute link", .unsafeEntry, .symbolicLink("link", to: "/etc/passwd")),
        Case("a link out", .unsafeEntry, .symbolicLink("link", to: "../victim")),
        Case("a link out from a folder", .unsafeEntry, .symbolicLink("a/b", to: "../../victim")),
        Case(
            "a link out past something missing", .unsafeEntry,
            .symbolicLink("link", to: "missing/../../victim")),
        Case("a link without a target", .unsafeEntry, .symbolicLink("link", to: "")),
        Case(
            "a link out through a link", .unsafeEntry, .symbolicLink("x/y/up", to: "../.."),
            .symbolicLink("out", to: "x/y/up/..")),
        Case(
            "a link out through a link that comes later", .unsafeEntry,
            .symbolicLink("x/y/up", to: "../.."), .symbolicLink("x/out", to: "y/up/../victim")),
        Case(
            "a file through a link", .unsafeEntry, .symbolicLink("link", to: "."),
            .file("link/file")),
        Case(
            "a file in the place of a link", .duplicateEntry, .symbolicLink("link", to: "."),
            .file("link")),
        Case("a hard link out", .unsafeEntry, .hardLink("link", to: "../victim")),
        Case("an absolute hard link", .unsafeEntry, .hardLink("link", to: "/etc/passwd")),
        Case("a hard link to nothing", .unsafeEntry, .hardLink("link", to: "missing")),
        Case(
            "a hard link to a link", .unsafeEntry, .symbolicLink("soft", to: "file"),
            .hardLink("hard", to: "soft")),
        Case("a character device", .unsupportedEntry, .special("null", type: "3")),
        Case("a block device", .unsupportedEntry, .special("disk", type: "4")),
        Case("a pipe", .unsupportedEntry, .special("pipe", type: "6")),
        Case("a file twice", .duplicateEntry, .file("a"), .file("a")),
        Case("a file twice, spelt otherwise", .duplicateEntry, .file("d/a"), .file("./d//a")),
        Case("a folder twice", .duplicateEntry, .directory("d/"), .directory("d/")),
        Case("a folder over a file", .duplicateEntry, .file("a"), .directory("a/")),
        Case("a file over a folder", .duplicateEntry, .file("a/b"), .file("a")),
        Case("a file in a file", .duplicateEntry, .file("a"), .file("a/b")),
        Case("names that differ in case", .duplicateEntry, .file("Readme"), .file("README")),
        Case("folders that differ in case", .duplicateEntry, .file("Dir/a"), .file("dir/b")),
        Case("umlauts that differ in case", .duplicateEntry, .file("ä"), .file("Ä")),
        Case("names that differ in composition", .duplicateEntry, .file("é"), .file("e\u{301}")),
        Case("a component of 256 bytes", .unsafeEntry, .file(String(repeating: "x", count: 256))),
        Case("a name of 5000 bytes", .unsafeEntry, .file(String(repeating: "x/", count: 2500))),
        Case(
            "129 folders deep", .unsafeEntry,
            .file(Array(repeating: "x", count: 129).joined(separator: "/"))),
        Case(
            "a link's target of 5000 bytes", .unsafeEntry,
            .symbolicLink("link", to: String(repeating: "x/", count: 2500))),
        Case("the root as a file", .unsafeEntry, .file(".")),
    ]

    @Test(arguments: cases) func `is refused with the entry's name`(_ hostile: Case) async throws {
        try await withArchiveScene { scene in
            try scene.write(StoredGzip.compress(RawTar.archive(hostile.entries)))
            let before = try await scene.surroundings()
            let error = await #expect(throws: ArchiveError.self) { try await scene.extract() }
            let name = String(decoding: try #require(hostile.entries.last).name, as: UTF8.self)
            #expect(error?.code == hostile.code)
            #expect(error?.entry == name)
            #expect(error?.reason.contains(name) == true)
            #expect(try await scene.surroundings() == before)
        }
    }

    @Test func `names that differ in case are unpacked where that is allowed`() async throws {
        var limits = ExtractionLimits()
        limits.allowsCaseCollisions = true
        let entries: [RawEntry] = [.file("Readme", "1"), .file("README", "2")]
        try await withExtracted(entries, limits: limits) { scene, summary in
            #expect(summary.files == 2)
            let snapshot = try await FolderSnapshot(of: scene.target)
            #expect(snapshot.items.count == 2)
        }
    }

    @Test func `a setuid bit is dropped and the executable bit kept`() async throws {
        try await withExtracted([.file("tool", mode: 0o6755), .file("text", mode: 0o4666)]) {
            scene, _ in
            let files = FileManager.default
            for (name, isExecutable) in [("tool", true), ("text", false)] {
                let path = scene.target.appending(name).string
                let permissions = try files.attributesOfItem(atPath: path)[.posixPermissions]
                let mode = try #require((permissions as? NSNumber)?.intValue)
                #expect(mode & 0o7000 == 0)
                #expect((mode & 0o100 != 0) == isExecutable)
            }
        }
    }

    @Test func `a name ends at a zero byte, so nothing can hide behind it`() async throws {
        var entry = RawEntry.file("short")
        entry.records = [("path", Array("seen\u{0}/../../victim".utf8))]
        try await withExtracted([entry]) { scene, _ in
            let snapshot = try await FolderSnapshot(of: scene.target)
            #expect(snapshot.items.keys.map(\.description) == ["seen"])
        }
    }

    @Test func `links and hard links that stay inside are made`() async throws {
        let entries: [RawEntry] = [
            .directory("./"), .file("a/file", "text"), .symbolicLink("b/link", to: "../a/./file"),
            .symbolicLink("loop", to: "loop"), .symbolicLink("root", to: "."),
            .symbolicLink("a/through", to: "../root/b/../a"), .hardLink("c/hard", to: "a/file"),
            .symbolicLink("dangling", to: "not/there/../yet"),
        ]
        try await withExtracted(entries) { scene, summary in
            #expect(summary.symbolicLinks == 5)
            #expect(summary.files == 2)
            for name in ["a/through/../b/link", "c/hard"] {
                let path = scene.target.string + "/" + name
                let content = try String(contentsOfFile: path, encoding: .utf8)
                #expect(content == "text")
            }
        }
    }

    @Test func `a link that stood in the target before is not followed`() async throws {
        try await withArchiveScene { scene in
            let link = scene.target.appending("dir").string
            let files = FileManager.default
            try files.createSymbolicLink(atPath: link, withDestinationPath: "../neighbour")
            try scene.write(StoredGzip.compress(RawTar.archive([.file("dir/file")])))
            let before = try await scene.surroundings()
            let error = await #expect(throws: ArchiveError.self) { try await scene.extract() }
            #expect(error?.code == .destinationFailed)
            #expect(error?.entry == "dir/file")
            #expect(try await scene.surroundings() == before)
        }
    }

    @Test func `a file that stood in the target before is not replaced`() async throws {
        try await withArchiveScene { scene in
            let file = scene.target.appending("file")
            try Data("mine".utf8).write(to: URL(filePath: file.string))
            try scene.write(StoredGzip.compress(RawTar.archive([.file("file")])))
            await #expect(throws: ArchiveError.self) { try await scene.extract() }
            #expect(try String(contentsOfFile: file.string, encoding: .utf8) == "mine")
        }
    }
}
