// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct SourceFolderTests {
    @Test func `a name behind a link is not there`() async throws {
        try await withArchiveScene { scene in
            let files = FileManager.default
            try files.createSymbolicLink(
                atPath: scene.target.appending("link").string, withDestinationPath: "..")
            try await withSourceFolder(scene.target) { (folder: inout SourceFolder) throws in
                #expect(try folder.kind(of: "link") == .symbolicLink)
                #expect(try folder.kind(of: "link/victim") == nil)
                #expect(try folder.kind(of: "missing/file") == nil)
                #expect(try folder.content(of: "link/victim", limit: 100) == nil)
                #expect(try folder.target(ofLink: "link") == Array("..".utf8))
                #expect(try folder.items(in: "").map(\.name) == [Array("link".utf8)])
            }
        }
    }

    @Test func `a pipe is neither opened nor packed, and a missing name is nothing`() async throws {
        try await withArchiveScene { scene in
            #expect(mkfifo(scene.target.appending("pipe").string, 0o600) == 0)
            try await withArchiveWriter(to: .newFile(scene.archive)) { writer in
                var folder = try SourceFolder(scene.target)
                #expect(try writer.addItem("pipe", of: &folder) == .other)
                #expect(try writer.addItem("missing", of: &folder) == nil)
                #expect(writer.entries == 0)
            }
        }
    }

    @Test func `a folder that is not there is said so`() async throws {
        let error = await #expect(throws: ArchiveError.self) {
            try await withSourceFolder("/nowhere") { _ in }
        }
        #expect(error?.code == .sourceUnreadable)
    }

    @Test func `reading stops at the limit`() async throws {
        try await withArchiveScene { scene in
            try await withSourceFolder(scene.outside) { (folder: inout SourceFolder) throws in
                #expect(try folder.content(of: "victim", limit: 6) == Array("secret".utf8))
            }
            let error = await #expect(throws: ArchiveError.self) {
                try await withSourceFolder(scene.outside) { try $0.content(of: "victim", limit: 5) }
            }
            #expect(error?.code == .limitExceeded)
        }
    }
}
