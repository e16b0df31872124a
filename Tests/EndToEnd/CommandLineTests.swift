// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import Model
import Subprocess
import TestSupport
import Testing
import TlaoSDK

@Suite(.timeLimit(.minutes(3)))
struct CommandLineTests {
    @Test
    func `a work tree goes in without what git ignores, the agent's patch comes out`() async throws
    {
        try await withUp { up in
            let folder = up.installation.folder
            let user = CommandLineUser(home: folder)
            let workspace = try await workspaceWithIgnoredFiles(at: folder + "/workspace")
            try await register("printf '%s\n' * sub/*; echo \"$1\" >>kept.txt", on: up)
            #expect(try await user.signIn(to: up).status == .exited(0))

            let run = try await user.tlao("run", "code", "More", in: workspace.path)
            #expect(run.status == .exited(0), "\(run.error)")
            #expect(run.output == "kept.txt\nnew.txt\nsub\nsub/kept.txt\n")

            let shown = try #require(try await up.user.client.listRuns().items.first)
            #expect(shown.title == "More")
            let listed = try await user.tlao("runs")
            #expect(listed.status == .exited(0))
            #expect(listed.output.contains(shown.runId.text))
            #expect(listed.output.contains("completed"))

            try await expectPatch(of: shown, by: user, as: up, on: workspace)
        }
    }

    @Test
    func `output arrives on the terminal while the agent works`() async throws {
        try await withUp { up in
            let folder = up.installation.folder
            let user = CommandLineUser(home: folder)
            let gate = try Gate(in: folder)
            try await register(
                "echo first; \(Gate.wait); echo last", on: up,
                environment: [Gate.variable: gate.path])
            #expect(try await user.signIn(to: up).status == .exited(0))
            let workspace = try await GitWorkspace(["a.txt": "a\n"], at: folder + "/workspace")
            let ended = try await ChildProcess.with(
                BuiltProgram.path(BuiltProgram.commandLine),
                ["run", "code", "Anything", "--path", workspace.path],
                environment: user.environment, folder: folder
            ) { tlao in
                try await eventually("the first line") { tlao.output == "first\n" }
                try await gate.open()
                try await eventually("the end") { !tlao.isRunning }
                return tlao.output
            }
            #expect(ended.value == "first\nlast\n")
            #expect(ended.status == .exited(0))
        }
    }

    @Test
    func `with --json a run is one object a line, the run itself last`() async throws {
        try await withUp { up in
            let user = CommandLineUser(home: up.installation.folder)
            try await register("echo one; echo two >&2", on: up)
            #expect(try await user.signIn(to: up).status == .exited(0))
            let workspace = try await GitWorkspace(
                ["a.txt": "a\n"], at: up.installation.folder + "/workspace")

            let ended = try await user.tlao(
                "run", "code", "Anything", "--json", in: workspace.path)
            #expect(ended.status == .exited(0), "\(ended.error)")
            let lines = try ended.output.split(separator: "\n").map {
                try JSONText.decode(JSONValue.self, from: String($0))
            }
            let events = lines.dropLast()
            #expect(
                events.map { $0["sequenceNumber"]?.whole } == (1...events.count).map(Int64.init))
            #expect(events.last?["data"]?["status"] == "completed")
            #expect(lines.last?["status"] == "completed")
            #expect(lines.last?["lastSequence"]?.whole == Int64(events.count))
        }
    }

    @Test
    func `the exit status tells what became of a command`() async throws {
        try await withUp { up in
            let folder = up.installation.folder
            let user = CommandLineUser(home: folder)
            #expect(try await user.tlao("runs").status == .exited(77))
            let denied = try await user.tlao(
                "login", "--api", up.file.api, "--username", "admin", "--password-stdin",
                input: "not the password\n")
            #expect(denied.status == .exited(77))
            #expect(!denied.error.contains("not the password"))
            let unreachable = try await user.tlao(
                "login", "--api", "http://127.0.0.1:\(try freePort())", "--username", "admin",
                "--password-stdin", input: "not the password\n")
            #expect(unreachable.status == .exited(69))

            #expect(try await user.signIn(to: up).status == .exited(0))
            try await register("echo out; echo the reason >&2; exit 3", on: up)
            let workspace = try await GitWorkspace(["a.txt": "a\n"], at: folder + "/workspace")
            let failed = try await user.tlao("run", "code", "Anything", in: workspace.path)
            #expect(failed.status == .exited(1))
            #expect(failed.output.contains("out\n"))
            #expect(failed.error.contains("the reason"))
            let unasked = try await user.tlao("run", "code", in: workspace.path)
            #expect(unasked.status == .exited(64))
        }
    }

    // MARK: Steps

    private func register(
        _ script: String, on up: Up, environment: [String: String] = [:]
    ) async throws {
        try await ShellAgent(
            "scripted", in: up.installation.folder, environment: environment, script: script
        ).register(by: up.user)
    }

    /// Two committed files, one new, and two that git ignores.
    private func workspaceWithIgnoredFiles(at path: String) async throws -> GitWorkspace {
        let workspace = try await GitWorkspace(
            [".gitignore": "*.secret\nmade/\n", "kept.txt": "kept\n", "sub/kept.txt": "kept\n"],
            at: path)
        try FileManager.default.createDirectory(
            atPath: path + "/made", withIntermediateDirectories: false)
        for name in ["new.txt", "key.secret", "made/of.txt", "sub/key.secret"] {
            try Data("\(name)\n".utf8).write(to: URL(filePath: "\(path)/\(name)"))
        }
        return workspace
    }

    /// Downloads the patch with `tlao artifact get`, into the current folder, and applies it.
    private func expectPatch(
        of run: RunResponse, by user: CommandLineUser, as up: Up, on workspace: GitWorkspace
    ) async throws {
        let artifacts = try await up.user.client.listArtifacts(of: run.runId).items
        let patch = try #require(artifacts.first { $0.fileName == "changes.patch" })
        let folder = user.home + "/downloads"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        let got = try await user.tlao("artifact", "get", patch.artifactId.text, in: folder)
        #expect(got.status == .exited(0), "\(got.error)")
        let again = try await user.tlao("artifact", "get", patch.artifactId.text, in: folder)
        #expect(again.status != .exited(0))
        try await workspace.git("apply", folder + "/changes.patch")
        #expect(workspace.content("kept.txt") == "kept\nMore\n")
        #expect(try await workspace.git("status", "--porcelain") == " M kept.txt\n?? new.txt\n")
    }
}
