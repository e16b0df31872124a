// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import HummingbirdTesting
import Intake
import Model
import Records
import Repositories
import Seams
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ExecutorTests {
    private static let body = #"""
        {"executorName": "mine", "supportedTaskTypes": ["code.change"],
        "endpoint": "kafka:run.assignments.mine",
        "config": {"protocol": "command", "command": ["agent", "{prompt}"], "stallTimeoutSec": 9}}
        """#

    @Test func `an admin registers, changes and removes an executor`() async throws {
        try await withIntake { scene, client in
            let body = Array(Self.body.utf8)
            let new = try await client.call(.put, "/executors/mine", as: scene.admin, body: body)
            let created: ExecutorResponse = try new.value(status: .created)
            #expect(new.header("Location") == "/executors/mine")
            #expect(created.record.status == .active)
            #expect(created.record.config.other["stallTimeoutSec"] == 9)
            #expect(created.workersOnline == 0)
            let changed = try await client.call(
                .put, "/executors/mine", as: scene.admin, body: body)
            #expect(changed.status == .ok)
            let list: PageResponse<ExecutorResponse> = try await client.value(.get, "/executors")
            #expect(list.items.map(\.record.executorName) == ["demo", "mine"])
            #expect(list.items.last?.record == created.record)
            let removed = try await client.call(.delete, "/executors/mine", as: scene.admin)
            #expect(removed.status == .noContent)
            try await client.call(.delete, "/executors/mine", as: scene.admin)
                .expectError(.notFound)
        }
    }

    @Test func `a shown executor can be sent back`() async throws {
        try await withIntake { scene, client in
            let list: PageResponse<ExecutorResponse> = try await client.value(.get, "/executors")
            let shown = try #require(list.items.first)
            let again: ExecutorResponse = try await client.value(
                .put, "/executors/demo", as: scene.admin, json: shown)
            #expect(again == shown)
        }
    }

    @Test func `who is no admin changes nothing`() async throws {
        try await withIntake { scene, client in
            for user in [scene.owner, scene.stranger] {
                try await client.call(
                    .put, "/executors/mine", as: user, body: Array(Self.body.utf8)
                ).expectError(.forbidden)
                try await client.call(.delete, "/executors/demo", as: user).expectError(.forbidden)
            }
            #expect(try await scene.executors.executors().map(\.executorName) == ["demo"])
        }
    }

    @Test func `every missing field is named`() async throws {
        try await withIntake { scene, client in
            let response = try await client.call(
                .put, "/executors/mine", as: scene.admin, body: Array("{}".utf8))
            let error = try response.expectError(.validationFailed)
            let fields = Set((error.details ?? []).map(\.field))
            #expect(fields.isSuperset(of: ["executorName", "supportedTaskTypes", "endpoint"]))
        }
    }

    @Test func `the name in the body is the name in the path`() async throws {
        try await withIntake { scene, client in
            let response = try await client.call(
                .put, "/executors/other", as: scene.admin, body: Array(Self.body.utf8))
            let error = try response.expectError(.validationFailed)
            #expect(error.details?.map(\.field) == ["executorName"])
        }
    }

    @Test(arguments: [String(repeating: "x", count: 5_000), "%00", "..", "a%2Fb", "%FF"])
    func `a name that can't be one is unknown`(_ name: String) async throws {
        try await withIntake { scene, client in
            try await client.call(.delete, "/executors/\(name)", as: scene.admin)
                .expectError(.notFound)
        }
    }

    @Test func `heartbeats are shown with the executors they serve`() async throws {
        try await withIntake { scene, client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await scene.app.run() }
                defer { group.cancelAll() }
                try await scene.source.waitForListener(on: .executorHeartbeats)
                let heartbeat = WorkerHeartbeat(
                    workerID: "worker", count: 1, slots: 3, freeSlots: 2, executorNames: ["demo"])
                scene.source.send(.heartbeat(heartbeat), on: .executorHeartbeats)
                try await eventually("the worker is shown") {
                    let list: PageResponse<ExecutorResponse> = try await client.value(
                        .get, "/executors")
                    let demo = try #require(list.items.first)
                    return demo.workersOnline == 1 && demo.slots == 3 && demo.freeSlots == 2
                        && demo.lastHeartbeatAt == scene.time.now
                }
            }
        }
    }
}
