// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ArchiveWriterTests {
    private struct Refused: Error {}

    @Test func `chunks are the archive, in order`() async throws {
        try await withArchiveScene { scene in
            let chunks = Mutex<[[UInt8]]>([])
            let content = noise(500_000)
            let collect = ArchiveDestination.chunks { chunk in
                chunks.withLock { $0.append(chunk) }
            }
            try await withArchiveWriter(to: collect) { writer in
                try writer.addFile("noise", content: content)
            }
            let written = chunks.withLock { $0 }
            #expect(written.count > 5)
            #expect(written.allSatisfy { $0.count <= 64 << 10 && !$0.isEmpty })
            try scene.write(Array(written.joined()))
            #expect(try await scene.extract().bytes == 500_000)
        }
    }

    @Test func `an error of the chunk function ends the writing, and is the cause`() async throws {
        let calls = Mutex(0)
        let error = await #expect(throws: ArchiveError.self) {
            let chunks = ArchiveDestination.chunks { _ in
                calls.withLock { $0 += 1 }
                throw Refused()
            }
            try await withArchiveWriter(to: chunks) { writer in
                let content = noise(10_000)
                for number in 0..<1000 {
                    try writer.addFile(EntryPath("file\(number)"), content: content)
                }
            }
        }
        #expect(error?.code == .destinationFailed)
        #expect(error?.cause is Refused)
        #expect(calls.withLock { $0 } == 1)
    }

    @Test func `a file of its own has mode 0600 and is removed when writing fails`() async throws {
        try await withArchiveScene { scene in
            try await withArchiveWriter(to: .newFile(scene.archive)) { _ in }
            let files = FileManager.default
            let attributes = try files.attributesOfItem(atPath: scene.archive.string)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)

            let exists = await #expect(throws: ArchiveError.self) {
                try await withArchiveWriter(to: .newFile(scene.archive)) { _ in }
            }
            #expect(exists?.code == .destinationFailed)
            #expect(files.fileExists(atPath: scene.archive.string))

            let failed = scene.outside.appending("failed")
            await #expect(throws: Refused.self) {
                try await withArchiveWriter(to: .newFile(failed)) { writer in
                    try writer.addFile("file", content: [1])
                    throw Refused()
                }
            }
            #expect(!files.fileExists(atPath: failed.string))
        }
    }

    @Test func `a full disk is an error`() async throws {
        let full = try FileDescriptor.open("/dev/full", .writeOnly)
        defer { try? full.close() }
        let error = await #expect(throws: ArchiveError.self) {
            try await withArchiveWriter(to: .descriptor(full)) { writer in
                try writer.addFile("file", content: [1])
            }
        }
        #expect(error?.code == .destinationFailed)
        #expect(error?.cause as? Errno == .noSpace)
    }

    @Test func `a large file that shrinks while it is packed is refused by name`() async throws {
        try await withArchiveScene { scene in
            let source = scene.outside.appending("growing")
            try Data(noise(4_000_000)).write(to: URL(filePath: source.string))
            let error = await #expect(throws: ArchiveError.self) {
                // Cut as soon as the first compressed bytes come out, that is, while being read.
                let cut = ArchiveDestination.chunks { _ in
                    let file = try FileDescriptor.open(source, .readWrite)
                    try file.closeAfter { try file.resize(to: 1000) }
                }
                try await withArchiveWriter(to: cut) { try $0.addFile("big", from: source) }
            }
            #expect(error?.code == .sourceChanged)
            #expect(error?.entry == "big")
        }
    }

    @Test func `a file that grows while it is packed is packed as long as it was`() async throws {
        try await withArchiveScene { scene in
            let source = scene.outside.appending("growing")
            try Data(noise(2_000_000)).write(to: URL(filePath: source.string))
            let archive = try FileDescriptor.open(
                scene.archive, .writeOnly, options: .create, permissions: .ownerReadWrite)
            try await withArchiveWriter(
                to: .chunks { chunk in
                    let file = try FileDescriptor.open(source, .writeOnly, options: .append)
                    _ = try file.closeAfter { try file.writeAll([1, 2, 3]) }
                    _ = try archive.writeAll(chunk)
                }
            ) { try $0.addFile("big", from: source) }
            try archive.close()
            #expect(try await scene.extract().bytes == 2_000_000)
        }
    }

    @Test func `what can't be unpacked is not packed`() async throws {
        func refusal(
            _ body: @escaping @Sendable (inout ArchiveWriter) throws -> Void
        ) async -> ArchiveError.Code? {
            let error = await #expect(throws: ArchiveError.self) {
                try await withArchiveWriter(to: .chunks { _ in }, body)
            }
            return error?.code
        }
        #expect(await refusal { try $0.addFile("../a", content: []) } == .unsafeEntry)
        #expect(await refusal { try $0.addFile("/a", content: []) } == .unsafeEntry)
        #expect(await refusal { try $0.addFile("", content: []) } == .unsafeEntry)
        #expect(await refusal { try $0.addSymbolicLink("a", target: "..".utf8) } == .unsafeEntry)
        let twice = await refusal { writer in
            try writer.addFile("a", content: [])
            try writer.addFile("A", content: [])
        }
        #expect(twice == .duplicateEntry)
    }

    @Test func `a cancelled task ends with a cancelled archive`() async throws {
        let began = TestSignal<Void>()
        let error = await #expect(throws: ArchiveError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await withArchiveWriter(to: .chunks { _ in }) { writer in
                        began.send()
                        for number in 0... {
                            try writer.addFile(EntryPath("file\(number)"), content: [])
                        }
                    }
                }
                try await began.next("the writer has begun")
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(error?.code == .cancelled)
    }
}
