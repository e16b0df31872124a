// SPDX-License-Identifier: Apache-2.0

import Foundation
import LoopbackServer
import Model
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(3))) struct SignInTests {
    private static let routes: [String: FakeAPI.Answer] = [
        "POST /auth/login": { request, reply in
            let body = String(decoding: request.body, as: UTF8.self)
            guard body.contains(#""password":"right""#) else {
                return try await reply.refuse(
                    401, "AUTHENTICATION_REQUIRED", "Wrong name or password.")
            }
            try await reply.answer(json: Documents.login)
        },
        "GET /workspaces": { _, reply in
            try await reply.answer(json: Documents.page(Documents.workspace()))
        },
        "GET /auth/me": { _, reply in try await reply.answer(json: Documents.identity) },
    ]

    /// Lends a `tlao` that nobody has signed in with.
    private func withNobody(
        _ changed: [String: FakeAPI.Answer] = [:],
        _ body: @Sendable (FakeAPI, Tlao) async throws -> Void
    ) async throws {
        try await withFakeAPI(Self.routes.merging(changed) { $1 }) { api, tlao in
            try await body(api, Tlao(home: tlao.home))
        }
    }

    private func stored(_ tlao: Tlao) throws -> StoredConfiguration? {
        try tlao.read(tlao.configurationPath).map {
            try JSONText.decode(StoredConfiguration.self, from: $0)
        }
    }

    @Test func `a sign-in is remembered with the only workspace`() async throws {
        try await withNobody { api, tlao in
            let ended = try await tlao(
                "login", "--api", api.address, "--username", "admin", "--password-stdin",
                input: "right\nnot read\n")
            #expect(ended.status == 0)
            #expect(ended.output.isEmpty)
            #expect(
                try stored(tlao)
                    == StoredConfiguration(
                        api: api.address, username: "admin", token: "fresh-token",
                        tokenExpiresAt: Timestamp(iso8601: "2099-01-01T00:00:00.000Z"),
                        workspace: WorkspaceID(FakeAPI.workspace)))
            #expect(try tlao.mode(of: tlao.configurationPath) == 0o600)
            #expect(
                api.requests(to: "GET /workspaces").first?.headers["authorization"]
                    == "Bearer fresh-token")
            let identity = try await tlao("whoami", "--json")
            #expect(identity.output == Documents.identity + "\n")
        }
    }

    @Test func `a wrong password ends with 77 and stores nothing`() async throws {
        try await withNobody { api, tlao in
            let ended = try await tlao(
                "login", "--api", api.address, "--username", "admin", "--password-stdin",
                input: "wrong")
            #expect(ended.status == 77)
            #expect(ended.errors.contains("Name or password is wrong."))
            #expect(try stored(tlao) == nil)
        }
    }

    @Test func `of several workspaces none is chosen, and how to choose is said`() async throws {
        let two: FakeAPI.Answer = { _, reply in
            let other = Documents.workspace(FakeAPI.run)
            try await reply.answer(json: Documents.page(Documents.workspace(), other))
        }
        try await withNobody(["GET /workspaces": two]) { api, tlao in
            let ended = try await tlao(
                "login", "--api", api.address, "--username", "u", "--password-stdin",
                input: "right")
            #expect(ended.status == 0)
            #expect(ended.errors.contains("tlao workspace use ID"))
            #expect(try stored(tlao)?.workspace == nil)
        }
    }

    @Test func `the server on this machine is used with its own user, and said`() async throws {
        try await withNobody { api, tlao in
            try tlao.write(tlao.upPath, up(api, pid: ProcessInfo.processInfo.processIdentifier))
            let ended = try await tlao("login")
            #expect(ended.status == 0)
            #expect(ended.errors.contains("Using the server on this machine, \(api.address)."))
            #expect(!(ended.errors + ended.output).contains("right"))
            #expect(try stored(tlao)?.username == "admin")
        }
    }

    @Test func `a name of one's own is not signed in with the local user's password`()
        async throws
    {
        try await withNobody { api, tlao in
            try tlao.write(tlao.upPath, up(api, pid: ProcessInfo.processInfo.processIdentifier))
            let ended = try await tlao("login", "--username", "other")
            #expect(ended.status == 64)
            #expect(ended.errors.contains("--password-stdin"))
            #expect(api.routes.isEmpty)
        }
    }

    @Test func `the file of a server that has gone is passed over`() async throws {
        try await withNobody { api, tlao in
            // No process has the largest number that there can be.
            try tlao.write(tlao.upPath, up(api, pid: .max))
            let ended = try await tlao("login")
            #expect(ended.status == 64)
            #expect(api.routes.isEmpty)
        }
    }

    @Test func `signing out forgets the token and keeps the address`() async throws {
        try await withNobody { api, tlao in
            _ = try await tlao(
                "login", "--api", api.address, "--username", "u", "--password-stdin",
                input: "right")
            let ended = try await tlao("logout")
            #expect(ended.status == 0)
            #expect(try stored(tlao)?.token == nil)
            #expect(try stored(tlao)?.api == api.address)
            #expect(try await tlao("whoami").status == 77)
            #expect(try await tlao("logout").status == 0)
        }
    }

    @Test func `a damaged file is mended by signing in`() async throws {
        try await withNobody { api, tlao in
            try tlao.write(tlao.configurationPath, "{")
            #expect(try await tlao("whoami").status == 65)
            let ended = try await tlao(
                "login", "--api", api.address, "--username", "u", "--password-stdin",
                input: "right")
            #expect(ended.status == 0)
            #expect(try await tlao("whoami").status == 0)
        }
    }

    private func up(_ api: FakeAPI, pid: Int32) -> String {
        """
        {"api":"\(api.address)/","kafka":"127.0.0.1:1","username":"admin","password":"right",\
        "pid":\(pid)}
        """
    }
}
