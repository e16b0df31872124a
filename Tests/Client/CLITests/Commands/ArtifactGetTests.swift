// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import LoopbackServer
import SystemPackage
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(3))) struct ArtifactGetTests {
    private static let content = "--- a/x\n+++ b/x\n"

    /// Lends an artifact of that name, whose download answers with some bytes.
    private func withArtifact(
        named name: String = "docs/changes.patch", serving served: String = content,
        _ body: @Sendable (Tlao, FilePath) async throws -> Void
    ) async throws {
        let sum = SHA256.hash(data: Array(Self.content.utf8))
            .map { String(format: "%02x", $0) }.joined()
        let routes: [String: FakeAPI.Answer] = [
            "GET /artifacts/\(FakeAPI.artifact)": { request, reply in
                try await reply.answer(
                    json: Documents.artifact(
                        name: name, size: Self.content.utf8.count, sha256: sum,
                        url: "\"http://\(request.headers["host"] ?? "")/download\""))
            },
            "GET /download": { _, reply in try await reply.answer(body: Array(served.utf8)) },
        ]
        try await withFakeAPI(routes) { _, tlao in
            let folder = tlao.home.appending("here")
            try FileManager.default.createDirectory(
                atPath: folder.string, withIntermediateDirectories: false)
            try await body(tlao, folder)
        }
    }

    @Test func `the last path component is written into the current folder`() async throws {
        try await withArtifact { tlao, folder in
            let ended = try await tlao("artifact", "get", FakeAPI.artifact, in: folder)
            #expect(ended.status == 0 && ended.output.isEmpty)
            #expect(try tlao.names(in: folder) == ["changes.patch"])
            #expect(tlao.read(folder.appending("changes.patch")) == Self.content)
            #expect(try tlao.mode(of: folder.appending("changes.patch")) != 0o600)
        }
    }

    @Test func `a file that is there stays without --force`() async throws {
        try await withArtifact { tlao, folder in
            let path = folder.appending("changes.patch")
            try tlao.write(path, "mine")
            let ended = try await tlao("artifact", "get", FakeAPI.artifact, in: folder)
            #expect(ended.status == 65 && ended.errors.contains("--force"))
            #expect(tlao.read(path) == "mine")
            let forced = try await tlao("artifact", "get", FakeAPI.artifact, "--force", in: folder)
            #expect(forced.status == 0)
            #expect(tlao.read(path) == Self.content)
            #expect(try tlao.names(in: folder) == ["changes.patch"])
        }
    }

    @Test(arguments: [false, true])
    func `a link is never followed`(isForced: Bool) async throws {
        try await withArtifact { tlao, folder in
            let outside = tlao.home.appending("outside")
            try tlao.write(outside, "precious")
            let path = folder.appending("changes.patch").string
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: outside.string)
            let ended = try await tlao.call(
                ["artifact", "get", FakeAPI.artifact] + (isForced ? ["--force"] : []), in: folder)
            #expect(ended.status == (isForced ? 0 : 65))
            #expect(tlao.read(outside) == "precious")
            let type = try FileManager.default.attributesOfItem(atPath: path)[.type]
            #expect(
                type as? FileAttributeType
                    == (isForced ? FileAttributeType.typeRegular : .typeSymbolicLink))
        }
    }

    @Test func `a link that leads nowhere is in the way too`() async throws {
        try await withArtifact { tlao, folder in
            let outside = tlao.home.appending("outside")
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending("changes.patch").string,
                withDestinationPath: outside.string)
            let ended = try await tlao("artifact", "get", FakeAPI.artifact, in: folder)
            #expect(ended.status == 65)
            #expect(tlao.read(outside) == nil)
        }
    }

    @Test(arguments: ["--- a/x\n+++ b/y\n", "short", ""])
    func `other bytes than the artifact's leave no file, nor the old one changed`(
        served: String
    ) async throws {
        try await withArtifact(serving: served) { tlao, folder in
            let ended = try await tlao("artifact", "get", FakeAPI.artifact, in: folder)
            #expect(ended.status == 65)
            #expect(try tlao.names(in: folder).isEmpty)
            try tlao.write(folder.appending("changes.patch"), "mine")
            _ = try await tlao("artifact", "get", FakeAPI.artifact, "--force", in: folder)
            #expect(tlao.read(folder.appending("changes.patch")) == "mine")
            let printed = try await tlao("artifact", "get", FakeAPI.artifact, "-o", "-", in: folder)
            #expect(printed.status == 65 && printed.output.isEmpty)
        }
    }

    @Test func `-o names the file, a folder, or standard output`() async throws {
        try await withArtifact { tlao, folder in
            let get = ["artifact", "get", FakeAPI.artifact, "-o"]
            #expect(try await tlao.call(get + ["../other"], in: folder).status == 0)
            #expect(tlao.read(tlao.home.appending("other")) == Self.content)
            #expect(try await tlao.call(get + ["."], in: folder).status == 0)
            #expect(try tlao.names(in: folder) == ["changes.patch"])
            let printed = try await tlao.call(get + ["-"], in: folder)
            #expect(printed.output == Self.content)
            #expect(try tlao.names(in: folder) == ["changes.patch"])
            #expect(try await tlao.call(get + ["absent/file"], in: folder).status == 66)
        }
    }

    @Test(arguments: ["..", "a/..", ".", "/", "", #"a\u001b[2J"#, #"new\nline"#])
    func `a name that is none for a file is refused`(name: String) async throws {
        try await withArtifact(named: name) { tlao, folder in
            let ended = try await tlao("artifact", "get", FakeAPI.artifact, in: folder)
            #expect(ended.status == 65 && ended.errors.contains("-o FILE"))
            #expect(!ended.errors.contains("\u{1B}"))
            #expect(try tlao.names(in: folder).isEmpty)
        }
    }
}
