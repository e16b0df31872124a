// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(4)))
struct RunListTests {
    @Test func `Property 8: paging over N runs, any page size, gives N runs and no duplicate`()
        async throws
    {
        try await withIntake { scene, client in
            let sizes = zip(
                Generator<Int>.integer(in: 0...12), Generator<Int>.integer(in: 1...14))
            await checkProperty("Property 8", sizes) { count, size in
                let workspace: WorkspaceResponse = try await client.value(
                    .post, "/workspaces", json: CreateWorkspaceRequest(name: "Paged"),
                    status: .created)
                let task = try await client.makeTask(in: workspace.workspaceId)
                var created: [RunID] = []
                for _ in 0..<count {
                    created.append(try await client.makeRun(of: task.taskId).runId)
                }
                let pages = try await client.pages(
                    RunResponse.self, "/runs?workspaceId=\(workspace.workspaceId)&limit=\(size)")
                let listed = pages.flatMap { $0.map(\.runId) }
                try requireEqual(listed, created.reversed(), "The runs differ.")
                try require(pages.dropLast().allSatisfy { $0.count == size }, "A page is short.")
            }
        }
    }

    @Test func `runs that come while somebody pages change nothing in what follows`() async throws {
        try await withIntake { scene, client in
            var created: [RunID] = []
            for _ in 0..<5 { created.append(try await client.makeRun().runId) }
            let first: PageResponse<RunResponse> = try await client.value(.get, "/runs?limit=2")
            _ = try await client.makeRun()
            let cursor = try #require(first.nextCursor)
            let rest: PageResponse<RunResponse> = try await client.value(
                .get, "/runs?cursor=\(cursor)")
            #expect((first.items + rest.items).map(\.runId) == created.reversed())
        }
    }

    @Test func `a list has a link to its next page, and no output in it`() async throws {
        try await withIntake { scene, client in
            for _ in 0..<3 { _ = try await client.makeRun() }
            let path = "/runs?workspaceId=\(scene.workspace.id)&limit=2"
            let response = try await client.call(.get, path, as: scene.owner)
            #expect(!response.text.contains("\"logs\""))
            let page: PageResponse<RunResponse> = try response.value()
            let cursor = try #require(page.nextCursor)
            #expect(response.header("Link") == "<\(path)&cursor=\(cursor)>; rel=\"next\"")
            let last = try await client.call(.get, "\(path)&cursor=\(cursor)", as: scene.owner)
            #expect(last.header("Link") == nil)
            #expect(last.text.contains("\"nextCursor\":null"))
        }
    }

    @Test func `a cursor of another list or workspace, or none, is refused and named`()
        async throws
    {
        try await withIntake { scene, client in
            let other: WorkspaceResponse = try await client.value(
                .post, "/workspaces", json: CreateWorkspaceRequest(name: "Other"),
                status: .created)
            for _ in 0..<2 {
                _ = try await client.makeRun()
                _ = try await client.makeRun(
                    of: client.makeTask(in: other.workspaceId).taskId)
            }
            let workspace = "workspaceId=\(scene.workspace.id)"
            let page: PageResponse<RunResponse> = try await client.value(
                .get, "/runs?\(workspace)&limit=1")
            let tasks: PageResponse<TaskResponse> = try await client.value(
                .get, "/tasks?\(workspace)&limit=1")
            let cursor = try #require(page.nextCursor)
            let wrong = [
                "/runs?workspaceId=\(other.workspaceId)&cursor=\(cursor)",
                "/tasks?\(workspace)&cursor=\(cursor)",
                "/artifacts?\(workspace)&cursor=\(cursor)", "/workspaces?cursor=\(cursor)",
                "/runs?\(workspace)&cursor=\(try #require(tasks.nextCursor))",
                "/runs?\(workspace)&cursor=\(cursor)x", "/runs?\(workspace)&cursor=",
                "/runs?\(workspace)&cursor=%00", "/runs?\(workspace)&cursor=!!!!",
            ]
            for path in wrong {
                let error = try await client.call(.get, path, as: scene.owner)
                    .expectError(.validationFailed)
                #expect(error.details?.map(\.field) == ["cursor"], "\(path)")
            }
        }
    }

    @Test(arguments: ["0", "201", "-1", "x", "1.5", "", "99999999999999999999"])
    func `a limit that isn't from 1 to 200 is refused and named`(_ limit: String) async throws {
        try await withIntake { scene, client in
            for list in ["runs", "tasks", "workspaces", "artifacts"] {
                let response = try await client.call(
                    .get, "/\(list)?limit=\(limit)", as: scene.owner)
                let error = try response.expectError(.validationFailed)
                #expect(error.details?.map(\.field) == ["limit"])
            }
        }
    }
}

extension IntakeClient {
    /// All pages of a list, as the owner.
    func pages<Item: Codable & Sendable>(_ item: Item.Type, _ path: String) async throws -> [[Item]]
    {
        var pages: [[Item]] = []
        var cursor: String?
        repeat {
            let page: PageResponse<Item> = try await value(
                .get, path + (cursor.map { "&cursor=\($0)" } ?? ""))
            pages.append(page.items)
            cursor = page.nextCursor
        } while cursor != nil
        return pages
    }
}
