// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import HummingbirdTesting
import Model
import Seams
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct OwnershipRouteTests {
    /// What belongs to the owner.
    private struct Belongings: Sendable {
        let workspace, task, run, artifact: String
    }

    /// Every route that names something somebody owns, as a method and a path made of identifiers.
    private static let routes: [(HTTPRequest.Method, @Sendable (Belongings) -> String)] = [
        (.get, { "/workspaces/\($0.workspace)" }), (.get, { "/workspaces/\($0.workspace)/usage" }),
        (.post, { "/workspaces/\($0.workspace)/archive" }),
        (.get, { "/tasks?workspaceId=\($0.workspace)" }), (.get, { "/tasks/\($0.task)" }),
        (.get, { "/runs?workspaceId=\($0.workspace)" }), (.get, { "/runs/\($0.run)" }),
        (.get, { "/runs/\($0.run)/steps" }), (.get, { "/runs/\($0.run)/log" }),
        (.get, { "/runs/\($0.run)/artifacts" }),
        (.get, { "/artifacts?workspaceId=\($0.workspace)" }),
        (.get, { "/artifacts/\($0.artifact)" }),
    ]

    @Test func `somebody else gets 403 on every route, an admin too`() async throws {
        try await withIntake { scene, client in
            let belongings = try await make(scene, client)
            for (method, path) in Self.routes {
                for user in [scene.stranger, scene.admin] {
                    let response = try await client.call(
                        method, path(belongings), as: user, body: method == .post ? [1] : nil,
                        headers: method == .post ? [.contentType: "application/gzip"] : [:])
                    try response.expectError(.forbidden)
                }
            }
        }
    }

    @Test func `creating something of somebody else's is 403`() async throws {
        try await withIntake { scene, client in
            let belongings = try await make(scene, client)
            let spec = TaskSpec(taskType: .docWrite, input: .init(prompt: "Write."))
            try await client.call(
                .post, "/tasks", as: scene.stranger,
                json: CreateTaskRequest(
                    workspaceId: WorkspaceID(belongings.workspace), taskSpec: spec)
            ).expectError(.forbidden)
            try await client.call(
                .post, "/runs", as: scene.stranger,
                json: CreateRunRequest(taskId: TaskID(belongings.task))
            ).expectError(.forbidden)
        }
    }

    @Test func `an unknown identifier is 404 on every route`() async throws {
        try await withIntake { scene, client in
            let unknown = scene.identifiers.uuid()
            let ids = [unknown, "x", unknown.uppercased(), "%00", "..%2F..", unknown + "0"]
            for id in ids {
                let belongings = Belongings(workspace: id, task: id, run: id, artifact: id)
                for (method, path) in Self.routes {
                    let response = try await client.call(
                        method, path(belongings), as: scene.owner,
                        body: method == .post ? [1] : nil,
                        headers: method == .post ? [.contentType: "application/gzip"] : [:])
                    try response.expectError(.notFound)
                }
            }
            try await client.call(
                .post, "/runs", as: scene.owner, json: CreateRunRequest(taskId: TaskID(unknown))
            ).expectError(.notFound)
        }
    }

    @Test func `without a token every route is 401`() async throws {
        try await withIntake { scene, client in
            let belongings = try await make(scene, client)
            for (method, path) in Self.routes {
                try await client.call(method, path(belongings), as: nil)
                    .expectError(.authenticationRequired)
            }
            for (method, path) in [
                (HTTPRequest.Method.post, "/workspaces"), (.get, "/workspaces"), (.post, "/tasks"),
                (.post, "/runs"), (.get, "/executors"), (.put, "/executors/demo"),
                (.delete, "/executors/demo"), (.get, "/auth/me"),
            ] {
                try await client.call(method, path, as: nil).expectError(.authenticationRequired)
            }
        }
    }

    @Test func `an archive of another workspace is not found, one's own too`() async throws {
        try await withIntake { scene, client in
            let other: WorkspaceResponse = try await client.value(
                .post, "/workspaces", json: CreateWorkspaceRequest(name: "Other"),
                status: .created)
            let response = try await client.call(
                .post, "/workspaces/\(other.workspaceId)/archive", as: scene.owner, body: [1],
                headers: [.contentType: "application/gzip"])
            let archive: ArchiveResponse = try response.value(status: .created)
            let task = try await client.makeTask()
            try await client.call(
                .post, "/runs", as: scene.owner,
                json: CreateRunRequest(taskId: task.taskId, archiveId: archive.archiveId)
            ).expectError(.notFound)
        }
    }

    private func make(_ scene: IntakeScene, _ client: IntakeClient) async throws -> Belongings {
        let task = try await client.makeTask()
        let run = try await client.makeRun(of: task.taskId).runId
        try await scene.claim(run)
        let artifact = try await scene.store([1], as: "a.md", of: run)
        return Belongings(
            workspace: scene.workspace.id.text, task: task.taskId.text, run: run.text,
            artifact: artifact.id.text)
    }
}
