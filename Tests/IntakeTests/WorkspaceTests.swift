// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct WorkspaceTests {
    @Test func `Property 25: any two workspaces that are created have distinct ids`() async throws {
        try await withIntake { scene, client in
            let names = Generator<[String]>.pair
            await checkProperty("Property 25", names) { names in
                var ids: Set<WorkspaceID> = []
                for name in names {
                    let workspace: WorkspaceResponse = try await client.value(
                        .post, "/workspaces", json: CreateWorkspaceRequest(name: name),
                        status: .created)
                    try requireEqual(workspace.name, name)
                    try requireEqual(workspace.ownerId, scene.owner.id)
                    try require(ids.insert(workspace.workspaceId).inserted, "An id came twice.")
                }
            }
        }
    }

    @Test func `a new workspace has a location and the limits in force`() async throws {
        try await withIntake { scene, client in
            let response = try await client.call(
                .post, "/workspaces", as: scene.owner, json: CreateWorkspaceRequest(name: "New"))
            let created: WorkspaceResponse = try response.value(status: .created)
            let location = try #require(response.header("Location"))
            #expect(location == "/workspaces/\(created.workspaceId)")
            let shown: WorkspaceResponse = try await client.value(.get, location)
            #expect(shown == created)
            #expect(shown.guardrails.dailyRunQuota == 100_000)
        }
    }

    @Test func `only one's own workspaces are listed, newest first, a page at a time`()
        async throws
    {
        try await withIntake { scene, client in
            for number in 1...4 {
                let _: WorkspaceResponse = try await client.value(
                    .post, "/workspaces", as: scene.stranger,
                    json: CreateWorkspaceRequest(name: "\(number)"), status: .created)
            }
            let first: PageResponse<WorkspaceResponse> = try await client.value(
                .get, "/workspaces?limit=3", as: scene.stranger)
            #expect(first.items.map(\.name) == ["4", "3", "2"])
            let cursor = try #require(first.nextCursor)
            let second: PageResponse<WorkspaceResponse> = try await client.value(
                .get, "/workspaces?limit=3&cursor=\(cursor)", as: scene.stranger)
            #expect(second.items.map(\.name) == ["1"])
            #expect(second.nextCursor == nil)
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"name":""}"#, #"{"name":7}"#, #"{"name":null}"#,
        "{\"name\":\"\(String(repeating: "x", count: 101))\"}",
        "{\"name\":\"\(String(repeating: "\u{301}", count: 200_000))\"}", #"{"name":"a\u0000b"}"#,
    ])
    func `a name that can't be one is refused and named`(_ body: String) async throws {
        try await withIntake { scene, client in
            let response = try await client.call(
                .post, "/workspaces", as: scene.owner, body: Array(body.utf8))
            let error = try response.expectError(.validationFailed)
            #expect(error.details?.map(\.field) == ["name"])
        }
    }

    @Test func `usage counts the day's runs, the slots held and the waiting`() async throws {
        try await withIntake { scene, client in
            var runs: [RunResponse] = []
            for _ in 1...4 { runs.append(try await client.makeRun()) }
            try await scene.claim(runs[0].runId)
            try await scene.claim(runs[1].runId)
            try await scene.complete(runs[1].runId)
            let usage: UsageResponse = try await client.value(
                .get, "/workspaces/\(scene.workspace.id)/usage")
            #expect(usage.runsToday == 4)
            #expect(usage.dailyRunQuota == 100_000)
            #expect(usage.running == 1)
            #expect(usage.queued == 2)
            #expect(usage.concurrencyLimit == 2)
            #expect("\(usage.resetsAt)" == "2026-01-02T00:00:00.000Z")
            scene.time.advance(by: .seconds(24 * 3_600))
            let tomorrow: UsageResponse = try await client.value(
                .get, "/workspaces/\(scene.workspace.id)/usage")
            #expect(tomorrow.runsToday == 0)
        }
    }
}

extension Generator where Value == [String] {
    /// Two names, as often as not the same.
    fileprivate static var pair: Generator {
        zip(Generator<String>.text(count: 1...100), .text(count: 1...100), .boolean)
            .map { one, other, isSame in [one, isSame ? one : other] }
    }
}
