// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct ExtractionLimitsTests {
    private func refusal(
        _ entries: [RawEntry], _ limits: ExtractionLimits
    ) async throws -> ArchiveError? {
        try await withArchiveScene { scene in
            try scene.write(StoredGzip.compress(RawTar.archive(entries)))
            do {
                _ = try await scene.extract(limits: limits)
                return nil
            } catch {
                return try #require(error as? ArchiveError)
            }
        }
    }

    @Test func `a file of exactly the limit passes and one byte more doesn't`() async throws {
        var limits = ExtractionLimits()
        limits.fileBytes = 1000
        let fits = RawEntry.file("fits", String(repeating: "x", count: 1000))
        let larger = RawEntry.file("larger", String(repeating: "x", count: 1001))
        #expect(try await refusal([fits], limits) == nil)
        let error = try await refusal([fits, larger], limits)
        #expect(error?.code == .limitExceeded)
        #expect(error?.entry == "larger")
    }

    @Test func `files may add up to the limit and not to more`() async throws {
        var limits = ExtractionLimits()
        limits.totalBytes = 8000
        let content = String(repeating: "x", count: 1000)
        let entries = (0..<5).map { RawEntry.file("file\($0)", content) }
        #expect(try await refusal(Array(entries.prefix(3)), limits) == nil)
        #expect(try await refusal(entries, limits)?.code == .limitExceeded)
    }

    @Test func `a file that claims eight gigabytes is refused before it is written`() async throws {
        var bomb = RawEntry.file("bomb")
        bomb.size = 8 << 30 - 1
        let error = try await refusal([bomb], ExtractionLimits())
        #expect(error?.code == .limitExceeded)
        #expect(error?.entry == "bomb")
    }

    @Test func `zeros that were packed to almost nothing are refused at the limit`() async throws {
        try await withArchiveScene { scene in
            // A hole costs no disk.
            let source = scene.outside.appending("zeros")
            let file = try FileDescriptor.open(
                source, .writeOnly, options: .create, permissions: .ownerReadWrite)
            try file.closeAfter { try file.resize(to: 64 << 20) }
            try await withArchiveWriter(to: .newFile(scene.archive)) { writer in
                try writer.addFile("zeros", from: source)
            }
            var limits = ExtractionLimits()
            limits.totalBytes = 16 << 20
            let error = await #expect(throws: ArchiveError.self) {
                try await scene.extract(limits: limits)
            }
            #expect(error?.code == .limitExceeded)
            #expect(error?.entry == "zeros")

            limits = ExtractionLimits()
            limits.expansionRatio = 100
            let ratio = await #expect(throws: ArchiveError.self) {
                try await scene.extract(limits: limits)
            }
            #expect(ratio?.code == .limitExceeded)
        }
    }

    @Test func `entries and the folders they imply are counted`() async throws {
        var limits = ExtractionLimits()
        limits.entries = 4
        #expect(try await refusal([.file("a/b/c"), .file("d")], limits) == nil)
        let error = try await refusal([.file("a/b/c"), .file("a/b/d"), .file("a/b/e")], limits)
        #expect(error?.code == .limitExceeded)
        #expect(error?.entry == "a/b/e")
    }

    @Test func `names that nobody could unpack don't use up memory`() async throws {
        let entries = (0..<5000).map {
            RawEntry.symbolicLink("link\($0)", to: String(repeating: "x/", count: 2000))
        }
        #expect(try await refusal(entries, ExtractionLimits())?.code == .limitExceeded)
    }

    @Test func `links that take too long to follow are refused`() async throws {
        // Each link goes through the one before it, hundreds of times.
        let entries = (0..<2000).map { index in
            RawEntry.symbolicLink(
                "l\(index)", to: String(repeating: "./x/../", count: 300) + "l\(max(0, index - 1))")
        }
        #expect(try await refusal(entries, ExtractionLimits())?.code == .limitExceeded)
    }

    @Test func `a sparse file counts with its holes`() async throws {
        var sparse = RawEntry.file("sparse", "0\n")
        sparse.content = Array("1\n0\n0\n".utf8) + [UInt8](repeating: 0, count: 506)
        sparse.records = [
            ("GNU.sparse.major", Array("1".utf8)), ("GNU.sparse.minor", Array("0".utf8)),
            ("GNU.sparse.name", Array("sparse".utf8)),
            ("GNU.sparse.realsize", Array("1000000000000".utf8)),
        ]
        let error = try await refusal([sparse], ExtractionLimits())
        #expect(error?.code == .limitExceeded)
        #expect(error?.entry == "sparse")
    }
}
