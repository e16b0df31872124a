// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import HTTPTypes
import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct TaskTests {
    @Test func `Property 1: any valid task specification is read back equal`() async throws {
        try await withIntake { scene, client in
            await checkProperty("Property 1", .taskSpec()) { taskSpec in
                let created = try await client.makeTask(taskSpec)
                try requireEqual(created.taskSpec, taskSpec)
                let shown: TaskResponse = try await client.value(.get, "/tasks/\(created.taskId)")
                try requireEqual(shown.taskSpec, taskSpec)
                try requireEqual(
                    Array(shown.taskSpec.input.prompt.utf8), Array(taskSpec.input.prompt.utf8))
                let key = ObjectKeys.taskSpec(created.taskId, in: scene.workspace.id)
                let stored = try await scene.objects.bytes(key)
                try requireEqual(try JSONText.decode(TaskSpec.self, from: stored), taskSpec)
            }
        }
    }

    @Test func `a new task is pending and has a location`() async throws {
        try await withIntake { scene, client in
            let response = try await client.call(
                .post, "/tasks", as: scene.owner,
                json: CreateTaskRequest(
                    workspaceId: nil,
                    taskSpec: TaskSpec(taskType: .docWrite, input: .init(prompt: "Write."))))
            let task: TaskResponse = try response.value(status: .created)
            #expect(task.status == .pending)
            #expect(task.workspaceId == scene.workspace.id)
            #expect(response.header("Location") == "/tasks/\(task.taskId)")
        }
    }

    @Test func `a task's status follows its runs`() async throws {
        try await withIntake { scene, client in
            let task = try await client.makeTask()
            let run = try await client.makeRun(of: task.taskId)
            let active: TaskResponse = try await client.value(.get, "/tasks/\(task.taskId)")
            #expect(active.status == .active)
            try await scene.claim(run.runId)
            try await scene.complete(run.runId)
            let list: PageResponse<TaskResponse> = try await client.value(.get, "/tasks")
            #expect(list.items.map(\.status) == [.completed])
        }
    }

    @Test func `every violation is named, not only the first`() async throws {
        try await withIntake { scene, client in
            let body = #"""
                {"taskSpec": {"taskType": "nonsense", "input": {"files": ["../x"], "extra": 1},
                "constraints": {"timeLimitSec": 481, "maxTokens": 0, "writePaths": ["/etc"]},
                "output": {"expectedArtifacts": ["poem"]}}}
                """#
            let response = try await client.call(
                .post, "/tasks", as: scene.owner, body: Array(body.utf8))
            let error = try response.expectError(.validationFailed)
            let fields = Set((error.details ?? []).map(\.field))
            #expect(
                fields == [
                    "taskType", "input.prompt", "input.files[0]", "input.extra",
                    "constraints.timeLimitSec", "constraints.maxTokens",
                    "constraints.writePaths[0]", "output.expectedArtifacts[0]",
                ])
        }
    }

    @Test func `a wrong workspace is named together with what is wrong in the specification`()
        async throws
    {
        try await withIntake { scene, client in
            let body = #"{"workspaceId": 7, "taskSpec": {"input": {}}}"#
            let response = try await client.call(
                .post, "/tasks", as: scene.owner, body: Array(body.utf8))
            let error = try response.expectError(.validationFailed)
            #expect(
                Set((error.details ?? []).map(\.field))
                    == ["workspaceId", "taskType", "input.prompt"])
        }
    }

    @Test func `who has no workspace, or several, must name one`() async throws {
        try await withIntake { scene, client in
            let request = CreateTaskRequest(
                workspaceId: nil,
                taskSpec: TaskSpec(taskType: .docWrite, input: .init(prompt: "Write.")))
            let none = try await client.call(.post, "/tasks", as: scene.stranger, json: request)
            #expect(
                try none.expectError(.validationFailed).details?.map(\.field) == ["workspaceId"])
            for name in ["one", "two"] {
                let _: WorkspaceResponse = try await client.value(
                    .post, "/workspaces", as: scene.stranger,
                    json: CreateWorkspaceRequest(name: name), status: .created)
            }
            let several = try await client.call(.post, "/tasks", as: scene.stranger, json: request)
            #expect(
                try several.expectError(.validationFailed).details?.map(\.field) == ["workspaceId"])
        }
    }

    @Test func `nothing is stored of a task that is refused`() async throws {
        try await withIntake { scene, client in
            let response = try await client.call(
                .post, "/tasks", as: scene.owner, body: Array(#"{"taskSpec":{}}"#.utf8))
            try response.expectError(.validationFailed)
            let list: PageResponse<TaskResponse> = try await client.value(.get, "/tasks")
            #expect(list.items.isEmpty)
        }
    }
}
