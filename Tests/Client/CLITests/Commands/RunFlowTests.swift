// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import LoopbackServer
import Model
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(4))) struct RunFlowTests {
    /// Lends a folder with a file beside the program's home.
    private func withRun(
        _ script: RunScript = RunScript(), _ changed: [String: FakeAPI.Answer] = [:],
        _ body: @Sendable (FakeAPI, Tlao, FilePath) async throws -> Void
    ) async throws {
        try await withFakeAPI(script.routes.merging(changed) { $1 }) { api, tlao in
            let folder = tlao.home.appending("project")
            try tlao.write(folder.appending("main.c"), "int main;\n")
            try await body(api, tlao, folder)
        }
    }

    @Test func `a run packs, sends, follows and tells how it ended`() async throws {
        var script = RunScript()
        script.artifacts = Documents.page(
            Documents.artifact(name: "changes.patch", size: 120, sha256: "00"))
        try await withRun(script) { api, tlao, folder in
            let ended = try await tlao("run", "code", "Do it", "--priority", "7", in: folder)
            #expect(ended.status == 0)
            #expect(ended.output == "agent says hello\nagent warns\n")
            for part in [
                "Packed 1 file (", "Queued.", "completed after 12 s", "changes.patch",
                FakeAPI.artifact, "tlao artifact get ID",
            ] {
                #expect(ended.errors.contains(part))
            }
            #expect(!ended.errors.contains("\u{1B}"))
            let workspace = "/workspaces/\(FakeAPI.workspace)"
            #expect(
                api.routes == [
                    "GET /workspaces", "GET \(workspace)", "POST \(workspace)/archive",
                    "PUT /upload", "POST /tasks", "POST /runs",
                    "GET /runs/\(FakeAPI.run)/stream", "GET /runs/\(FakeAPI.run)",
                    "GET /runs/\(FakeAPI.run)/artifacts",
                ])
            let sent = api.requests(to: "POST /runs").first?.body ?? []
            #expect(
                String(decoding: sent, as: UTF8.self) == """
                    {"archiveId":"\(FakeAPI.artifact)","priority":7,"taskId":"\(FakeAPI.task)"}
                    """)
        }
    }

    @Test func `JSON is each event and last the run, unchanged`() async throws {
        let script = RunScript()
        try await withRun(script) { _, tlao, folder in
            let ended = try await tlao("run", "code", "Do it", "--json", "--quiet", in: folder)
            #expect(ended.output == (script.lines + [script.end]).joined(separator: "\n") + "\n")
            #expect(ended.errors.isEmpty)
        }
    }

    @Test(arguments: [("failed", 1), ("timed_out", 124), ("cancelled", 130)] as [(String, Int32)])
    func `the exit status is the run's, also of a quiet command`(
        status: String, expected: Int32
    ) async throws {
        var script = RunScript()
        script.events = [("status_change", "Ended.", #"{"phase":"ended","status":"\#(status)"}"#)]
        let error = status == "failed" ? #"{"code":"agent_failed","message":"exit 3"}"# : "null"
        script.end = Documents.run(status, error: error)
        try await withRun(script) { _, tlao, folder in
            let ended = try await tlao("run", "code", "Do it", "-q", in: folder)
            #expect(ended.status == expected)
            #expect(ended.errors == (status == "failed" ? "Error: agent_failed: exit 3\n" : ""))
        }
    }

    @Test func `a detached run prints its id, or itself as JSON`() async throws {
        try await withRun { api, tlao, folder in
            let ended = try await tlao("run", "code", "Do it", "--detach", in: folder)
            #expect(ended.status == 0 && ended.output == FakeAPI.run + "\n")
            #expect(ended.errors.contains("tlao runs logs -f \(FakeAPI.run)"))
            let json = try await tlao("run", "code", "Do it", "--detach", "--json", in: folder)
            #expect(json.output == Documents.run("queued") + "\n")
            #expect(!api.routes.contains("GET /runs/\(FakeAPI.run)/stream"))
        }
    }

    @Test func `the prompt comes from standard input, and plan has one of its own`()
        async throws
    {
        try await withRun { api, tlao, folder in
            _ = try await tlao("run", "doc", "-", input: "From \"input\"", in: folder)
            _ = try await tlao("run", "plan", in: folder)
            let tasks = api.requests(to: "POST /tasks").map {
                String(decoding: $0.body, as: UTF8.self)
            }
            #expect(tasks[0].contains(#""prompt":"From \"input\"""#))
            #expect(tasks[0].contains(#""taskType":"doc.write""#))
            #expect(tasks[1].contains(#""taskType":"spec.generate""#))
            #expect(tasks[1].contains(#""expectedArtifacts":["execution_plan"]"#))
        }
    }

    @Test func `without a prompt nothing is asked of anybody`() async throws {
        try await withRun { api, tlao, folder in
            for arguments in [["run", "code"], ["run", "spec", "-"], ["run", "doc", " \n"]] {
                let ended = try await tlao.call(arguments, in: folder)
                #expect(ended.status == 64)
            }
            let long = String(repeating: "x", count: 100_001)
            #expect(try await tlao("run", "code", "-", input: long, in: folder).status == 65)
            #expect(api.routes.isEmpty)
        }
    }

    @Test func `what is sent holds the folder's files, an empty one none`() async throws {
        try await withRun { api, tlao, folder in
            let path = folder.string
            #expect(try await tlao("run", "code", "x", "--detach", "--path", path).status == 0)
            let empty = tlao.home.appending("empty")
            try FileManager.default.createDirectory(
                atPath: empty.string, withIntermediateDirectories: false)
            #expect(
                try await tlao("run", "code", "x", "--detach", "--path", "empty").status == 0)
            var names: [[String]] = []
            for (index, upload) in api.requests(to: "PUT /upload").enumerated() {
                let archive = tlao.home.appending("archive-\(index)")
                try Data(upload.body).write(to: URL(filePath: archive.string))
                let target = tlao.home.appending("unpacked-\(index)")
                try FileManager.default.createDirectory(
                    atPath: target.string, withIntermediateDirectories: false)
                _ = try await ArchiveExtractor().extract(archive, into: target)
                names.append(try tlao.names(in: target))
            }
            #expect(names == [["main.c"], []])
        }
    }

    @Test(arguments: [("absent", 66), ("project/main.c", 65)] as [(String, Int32)])
    func `a folder that is none is refused before anything is sent`(
        path: String, expected: Int32
    ) async throws {
        try await withRun { api, tlao, _ in
            let ended = try await tlao("run", "code", "x", "--path", path)
            #expect(ended.status == expected)
            #expect(ended.errors.contains("'\(path)'"))
            #expect(api.routes.isEmpty)
        }
    }

    @Test func `an archive over the limit ends with 65, the sizes and what is large`()
        async throws
    {
        var script = RunScript()
        script.workspace = Documents.workspace(maxArchiveBytes: 5_000)
        try await withRun(script) { api, tlao, folder in
            var generator = SystemRandomNumberGenerator()
            let noise = (0..<20_000).map { _ in
                Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &generator))
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: noise)
            try tlao.write(folder.appending("assets/big.bin"), String(text))
            let ended = try await tlao("run", "code", "x", in: folder)
            #expect(ended.status == 65)
            for part in ["5000 bytes", "19.5 KiB  assets/", "10 B  main.c", ".gitignore"] {
                #expect(ended.errors.contains(part), "\(ended.errors)")
            }
            #expect(!api.routes.contains("POST /tasks"))
        }
    }

    @Test func `the quota ends with 75, no executor with 65 and where to look`() async throws {
        let quota: FakeAPI.Answer = { _, reply in
            try await reply.refuse(429, "QUOTA_EXCEEDED", "All 50 runs of today were made.")
        }
        let none: FakeAPI.Answer = { _, reply in
            try await reply.refuse(422, "NO_EXECUTOR", "No executor does deploy.run.")
        }
        try await withRun(RunScript(), ["POST /runs": quota]) { _, tlao, folder in
            let ended = try await tlao("run", "code", "x", in: folder)
            #expect(ended.status == 75)
        }
        try await withRun(RunScript(), ["POST /runs": none]) { _, tlao, folder in
            let ended = try await tlao("run", "deploy", "x", in: folder)
            #expect(ended.status == 65)
            #expect(ended.errors.contains("tlao executor list"))
        }
    }

    @Test func `Ctrl-C leaves the run going and says how to follow it`() async throws {
        let isFollowing = TestSignal<Void>()
        let stop = TestSignal<Void>()
        var script = RunScript()
        script.events.removeLast()
        script.beforeEnd = {
            isFollowing.send()
            try await stop.next()
        }
        try await withRun(script) { _, tlao, folder in
            let ended = try await tlao.run("run", "code", "Do it", in: folder) { signal in
                try await isFollowing.next()
                try signal(.interrupt)
            }
            stop.send()
            #expect(ended.status == 130)
            #expect(
                ended.errors.contains("Detached. The run goes on; follow it: tlao runs logs -f"))
        }
    }

    @Test func `Ctrl-C while the folder is sent makes no run`() async throws {
        let isSending = TestSignal<Void>()
        let stop = TestSignal<Void>()
        let slow: FakeAPI.Answer = { _, _ in
            isSending.send()
            try await stop.next()
        }
        try await withRun(RunScript(), ["PUT /upload": slow]) { api, tlao, folder in
            let ended = try await tlao.run("run", "code", "Do it", in: folder) { signal in
                try await isSending.next()
                try signal(.interrupt)
            }
            stop.send()
            #expect(ended.status == 130)
            #expect(ended.errors.contains("No run was made."))
            #expect(!api.routes.contains("POST /runs"))
        }
    }
}
