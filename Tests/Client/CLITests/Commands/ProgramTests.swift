// SPDX-License-Identifier: Apache-2.0

import LoopbackServer
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(3))) struct ProgramTests {
    @Test func `help and version are results`() async throws {
        try await withTlao { tlao in
            for arguments in [["--help"], ["help", "run"], ["run", "code", "--help"]] {
                let help = try await tlao.call(arguments)
                #expect(help.status == 0 && help.output.contains("USAGE: tlao"))
                #expect(help.errors.isEmpty)
            }
            let version = try await tlao("runs", "--version")
            #expect(version.status == 0 && version.output == ProductVersion.text + "\n")
        }
    }

    @Test func `a wrong command line ends with 64 and says so on standard error`() async throws {
        try await withTlao { tlao in
            let ended = try await tlao("run", "code", "x", "--priority", "11")
            #expect(ended.status == 64)
            #expect(ended.output.isEmpty && ended.errors.contains("--priority is 0 to 9."))
        }
    }

    @Test func `without a sign-in commands end with 77 and name the command to use`()
        async throws
    {
        try await withTlao { tlao in
            let ended = try await tlao("runs")
            #expect(ended.status == 77)
            #expect(ended.errors.contains("Not signed in to http://127.0.0.1:8080."))
            #expect(ended.errors.contains("tlao login"))
        }
    }

    @Test func `a server that isn't there ends with 69, its address and how to start one`()
        async throws
    {
        try await withTlao { tlao in
            var tlao = tlao
            tlao.variables = ["TLAO_TOKEN": "t"]
            let ended = try await tlao("whoami", "--api", "http://127.0.0.1:1")
            #expect(ended.status == 69)
            #expect(ended.errors.contains("http://127.0.0.1:1:"))
            #expect(ended.errors.contains("tlao-codex up"))
        }
    }

    @Test(
        arguments: [
            (400, 65), (401, 77), (403, 77), (404, 66), (409, 65), (413, 65), (422, 65), (429, 75),
            (500, 70), (503, 69), (504, 69),
        ] as [(Int, Int32)])
    func `a refusal ends with its exit status, message and correlation id`(
        status: Int, expected: Int32
    ) async throws {
        let answer: FakeAPI.Answer = { _, reply in
            try await reply.refuse(
                status, "SOME_CODE", "It is refused.",
                more: #","details":[{"field":"input.prompt","reason":"is missing"}]"#)
        }
        try await withFakeAPI(["GET /auth/me": answer]) { _, tlao in
            let ended = try await tlao("whoami")
            #expect(ended.status == expected)
            #expect(ended.output.isEmpty)
            #expect(ended.errors.contains("It is refused."))
            #expect(ended.errors.contains("input.prompt: is missing"))
            #expect(ended.errors.contains("corr-1"))
        }
    }

    @Test func `something else at the address ends with 69 and says so`() async throws {
        let page: FakeAPI.Answer = { _, reply in
            try await reply.answer(404, body: Array("<html>".utf8))
        }
        try await withFakeAPI(["GET /auth/me": page]) { _, tlao in
            let ended = try await tlao("whoami")
            #expect(ended.status == 69)
            #expect(ended.errors.contains("is not TLÁO Codex"))
        }
    }

    @Test func `what a server says can't steer the terminal`() async throws {
        let answer: FakeAPI.Answer = { _, reply in
            try await reply.refuse(400, "X", #"red \u001b[31m and \u009b31m"#)
        }
        try await withFakeAPI(["GET /auth/me": answer]) { _, tlao in
            let ended = try await tlao("whoami")
            #expect(ended.errors.contains(#"red \u{1b}[31m and \u{9b}31m"#))
        }
    }
}
