// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import Model
import Subprocess
import TestSupport
import Testing
import TlaoSDK

@Suite(.timeLimit(.minutes(3)))
struct UpTests {
    @Test
    func `a second server on the same data folder fails and names the first`() async throws {
        try await withUp { up in
            let second = try await startAgain(on: up.installation, port: 0)
            #expect(second.status == .exited(69))
            #expect(second.error.contains("process \(up.process.identifier)."))
            #expect(up.installation.upFile?.pid == up.process.identifier)
            try await up.user.client.ready()
        }
    }

    @Test
    func `a server whose port is taken fails, and says nothing of being up`() async throws {
        try await Installation.with { installation in
            try await withUp { other in
                let port = try #require(URL(string: other.file.api)?.port)
                let ended = try await startAgain(on: installation, port: port)
                #expect(ended.status == .exited(69))
                #expect(ended.error.contains("port"))
                #expect(installation.upFile == nil)
            }
        }
    }

    @Test
    func `a server that is asked to end takes up.json with it`() async throws {
        try await Installation.with { installation in
            let path = installation.data + "/up.json"
            let ended = try await installation.withUp { up in
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                let output = up.process.output + up.process.errorOutput
                #expect(output.contains(installation.data + "/credentials.json"))
                #expect(!output.contains(up.file.password))
            }
            #expect(ended.status == .exited(0))
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test
    func `a server that starts again keeps users, tokens, runs and objects`() async throws {
        try await Installation.with { installation in
            let (token, run) = try await installation.withUp { up in
                let agent = try await ShellAgent.quick(by: up.user, in: installation.folder)
                let run = try await up.user.startRun("Anything", on: agent.name).runId
                return (up.user.token, try await up.user.ended(run))
            }.value
            _ = try await installation.withUp { up in
                try await SignedIn.with(address: up.file.api, token: token) { user in
                    let shown = try await user.client.getRun(run.runId)
                    #expect(shown.status == .completed)
                    #expect(shown.lastSequence == run.lastSequence)
                    let log = try await Command.output(
                        "curl", ["-sSf", try #require(shown.logUrl)])
                    #expect(log == "did: Anything\n")
                }
            }
        }
    }

    @Test(arguments: [
        TaskSpec.Constraints(writePaths: ["src"]), TaskSpec.Constraints(readOnlyPaths: ["src"]),
    ])
    func `a task with paths to enforce is never run unprotected`(
        constraints: TaskSpec.Constraints
    ) async throws {
        try await withUp { up in
            let agent = try await ShellAgent.quick(by: up.user, in: up.installation.folder)
            let run = try await up.user.startRun(
                "Anything", on: agent.name, constraints: constraints
            ).runId
            let ended = try await up.user.ended(run)
            #expect(ended.status == .failed)
            #expect(ended.error?.code == .sandboxUnavailable)
            #expect(try await up.user.timeline(run).allSatisfy { $0.phase != .running })
            #expect(ended.logs?.contains("did:") != true)
        }
    }

    private func startAgain(on installation: Installation, port: Int) async throws -> Command {
        try await Command.run(
            BuiltProgram.path(BuiltProgram.server), ["up", "--port", "\(port)"],
            environment: installation.environment())
    }
}
