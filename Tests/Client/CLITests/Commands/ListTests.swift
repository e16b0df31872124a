// SPDX-License-Identifier: Apache-2.0

import LoopbackServer
import Model
import SystemPackage
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(3))) struct ListTests {
    private static let pages: FakeAPI.Answer = { request, reply in
        try await reply.answer(
            json: request.query["cursor"] == nil
                ? Documents.page(Documents.run("completed", title: "One"), next: "c/2")
                : Documents.page(Documents.run("failed", title: #"Two\u001b[2J\nlines"#)))
    }
    private static let routes: [String: FakeAPI.Answer] = [
        "GET /runs": pages,
        "GET /workspaces": { _, reply in
            try await reply.answer(json: Documents.page(Documents.workspace()))
        },
    ]

    @Test func `runs are a table, and that there are more is said beside it`() async throws {
        try await withFakeAPI(Self.routes) { api, tlao in
            let ended = try await tlao("runs", "--limit", "7")
            #expect(ended.status == 0)
            let lines = ended.output.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines[0].hasPrefix("ID ") && lines[0].hasSuffix("TITLE"))
            #expect(lines[1].hasPrefix(FakeAPI.run + "  completed  demo-agent  code.change  "))
            #expect(lines[1].hasSuffix("2026-01-01  12 s  One"))
            #expect(ended.errors.contains("--all"))
            let query = api.requests(to: "GET /runs").first?.query
            #expect(query == ["workspaceId": FakeAPI.workspace, "limit": "7"])
        }
    }

    @Test func `all follows the pages, and titles can't steer the terminal`() async throws {
        try await withFakeAPI(Self.routes) { api, tlao in
            let ended = try await tlao("runs", "list", "--all")
            #expect(ended.output.contains("One\n") && ended.output.contains(#"Two\u{1b}[2J"#))
            #expect(!ended.output.contains("lines") && !ended.output.contains("\u{1B}"))
            #expect(ended.errors.isEmpty)
            let queries = api.requests(to: "GET /runs").map(\.query["cursor"])
            #expect(queries == [nil, "c%2F2"])
        }
    }

    @Test func `JSON is the API's own, a line for each page`() async throws {
        try await withFakeAPI(Self.routes) { _, tlao in
            let one = Documents.page(Documents.run("completed", title: "One"), next: "c/2")
            let two = Documents.page(Documents.run("failed", title: #"Two\u001b[2J\nlines"#))
            let page = try await tlao("runs", "--json")
            #expect(page.output == one + "\n")
            let pages = try await tlao("runs", "--json", "--all")
            #expect(pages.output == one + "\n" + two + "\n")
        }
    }

    @Test func `a run is shown with all that matters`() async throws {
        let run = Documents.run(
            "failed", error: #"{"code":"agent_failed","message":"exit 3"}"#,
            warnings: #"[{"code":"artifact_missing","message":"No patch.","count":1}]"#)
        let artifact = Documents.artifact(name: "run.log", size: 2_048, sha256: "00")
        let routes: [String: FakeAPI.Answer] = [
            "GET /runs/\(FakeAPI.run)": { _, reply in try await reply.answer(json: run) },
            "GET /runs/\(FakeAPI.run)/artifacts": { _, reply in
                try await reply.answer(json: Documents.page(artifact))
            },
        ]
        try await withFakeAPI(routes) { _, tlao in
            let ended = try await tlao("runs", "show", FakeAPI.run)
            #expect(ended.status == 0)
            for part in [
                "status     failed", "agent_failed: exit 3", "artifact_missing: No patch.",
                "after 12 s", "2.0 KiB", "run.log",
            ] {
                #expect(ended.output.contains(part))
            }
            let json = try await tlao("runs", "show", FakeAPI.run, "--json")
            #expect(json.output == run + "\n")
        }
    }

    @Test func `logs are the agent's output as it was`() async throws {
        let log = Array("plain \u{1B}[31mred\u{1B}[0m\n".utf8) + [0xFF]
        let routes: [String: FakeAPI.Answer] = [
            "GET /runs/\(FakeAPI.run)/log": { _, reply in try await reply.answer(body: log) }
        ]
        try await withFakeAPI(routes) { _, tlao in
            let ended = try await tlao("runs", "logs", FakeAPI.run)
            #expect(ended.output == String(decoding: log, as: UTF8.self))
        }
    }

    @Test func `followed logs are the output of both streams, in order`() async throws {
        try await withFakeAPI(RunScript().routes) { _, tlao in
            let ended = try await tlao("runs", "logs", "-f", FakeAPI.run)
            #expect(ended.output == "agent says hello\nagent warns\n")
            #expect(ended.status == 0)
        }
    }

    @Test func `a workspace that is made becomes the one in use where there was none`()
        async throws
    {
        let routes: [String: FakeAPI.Answer] = [
            "POST /workspaces": { _, reply in
                try await reply.answer(201, json: Documents.workspace())
            },
            "GET /workspaces/\(FakeAPI.workspace)": { _, reply in
                try await reply.answer(json: Documents.workspace())
            },
        ]
        try await withFakeAPI(routes) { api, tlao in
            let ended = try await tlao("workspace", "create", "mine")
            #expect(ended.output == FakeAPI.workspace + "\n")
            let sent = api.requests(to: "POST /workspaces").first?.body ?? []
            #expect(String(decoding: sent, as: UTF8.self) == #"{"name":"mine"}"#)
            #expect(tlao.read(tlao.configurationPath)?.contains(FakeAPI.workspace) == true)
            #expect(try await tlao("workspace", "use", FakeAPI.workspace).status == 0)
        }
    }

    @Test func `an executor's record is sent as it is, and a broken file refused`() async throws {
        let routes: [String: FakeAPI.Answer] = [
            "PUT /executors/my%2Fagent": { _, reply in try await reply.answer(201, json: "{}") }
        ]
        try await withFakeAPI(routes) { api, tlao in
            let record = #"{"executorName":"my/agent","later":[1,2.5,null]}"#
            try tlao.write(tlao.home.appending("record.json"), record)
            try tlao.write(tlao.home.appending("broken.json"), "{")
            try tlao.write(tlao.home.appending("nameless.json"), "{}")
            #expect(try await tlao("executor", "register", "record.json").status == 0)
            let sent = api.requests(to: "PUT /executors/my%2Fagent").first?.body ?? []
            #expect(String(decoding: sent, as: UTF8.self) == record)
            #expect(try await tlao("executor", "register", "broken.json").status == 65)
            #expect(try await tlao("executor", "register", "nameless.json").status == 65)
            #expect(try await tlao("executor", "register", "absent.json").status == 66)
        }
    }
}
