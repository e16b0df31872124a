// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import HummingbirdTesting
import Model
import PropertyTesting
import Records
import Repositories
import Seams
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct RunCreationTests {
    /// A publisher whose broker is away: what it is told is lost.
    private struct LostPublisher: RecordPublisher {
        struct Lost: Error {}

        func publish(_ record: Record, on topic: Topic) {}

        func publishAcknowledged(_ record: Record, on topic: Topic) async throws { throw Lost() }
    }

    @Test func `Property 5: a run of any valid task is queued, has an id and names its task`()
        async throws
    {
        try await withIntake { scene, client in
            await checkProperty("Property 5", .taskSpec()) { taskSpec in
                let task = try await client.makeTask(taskSpec)
                let run = try await client.makeRun(of: task.taskId)
                try requireEqual(run.status, .queued)
                try requireEqual(run.taskId, task.taskId)
                try requireEqual(run.workspaceId, scene.workspace.id)
                try requireEqual(run.taskType, taskSpec.taskType)
                try require(RunID(validating: run.runId.text) != nil, "The id is none.")
                try require(taskSpec.input.prompt.utf8.starts(with: run.title.utf8))
                try require(run.title.utf8.count <= 200, "The title is too long.")
                let shown: RunResponse = try await client.value(.get, "/runs/\(run.runId)")
                try requireEqual(shown.runId, run.runId)
                try requireEqual(shown.status, .queued)
            }
        }
    }

    @Test func `an accepted run has a location, rings the dispatchers and tells its first event`()
        async throws
    {
        let publisher = RecordingPublisher()
        try await withIntake(IntakeScene.Setting(publisher: publisher)) { scene, client in
            let task = try await client.makeTask()
            let response = try await client.call(
                .post, "/runs", as: scene.owner, json: CreateRunRequest(taskId: task.taskId))
            let run: RunResponse = try response.value(status: .created)
            #expect(response.header("Location") == "/runs/\(run.runId)")
            #expect(
                publisher.records(on: .runRequests)
                    == [.runRequested(run.runId, in: scene.workspace.id)])
            let steps = try await scene.runs.steps(of: run.runId, after: 0, limit: 10)
            #expect(
                publisher.records(on: .runEvents)
                    == steps.map { .runProgressed($0.event, in: scene.workspace.id) })
            #expect(steps.map(\.event.phase) == [.queued])
        }
    }

    @Test func `a run is accepted while Kafka takes nothing`() async throws {
        try await withIntake(IntakeScene.Setting(publisher: LostPublisher())) { scene, client in
            let run = try await client.makeRun()
            #expect(run.waitingFor?.reason == .starting)
            #expect(try await scene.runs.waiting(in: scene.workspace.id, limit: 9) == [run.runId])
        }
    }

    @Test func `fifty requests race for ten runs, and ten get one`() async throws {
        try await withSQLiteTable { table in
            var setting = IntakeScene.Setting(
                guardrails: Guardrails(dailyRunQuota: 10), table: table)
            setting.transport = .ahc()
            try await withIntake(setting) { scene, client in
                let task = try await client.makeTask()
                let responses = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                    for _ in 0..<50 {
                        group.addTask {
                            try await client.call(
                                .post, "/runs", as: scene.owner,
                                json: CreateRunRequest(taskId: task.taskId))
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(responses.count { $0.status == .created } == 10)
                for response in responses where response.status != .created {
                    try response.expectError(.quotaExceeded)
                    #expect(response.header("Retry-After") == "86401")
                }
                let usage: UsageResponse = try await client.value(
                    .get, "/workspaces/\(scene.workspace.id)/usage")
                #expect(usage.runsToday == 10)
                #expect(usage.queued == 10)
            }
        }
    }

    @Test func `the quota of the next day is a new one`() async throws {
        let setting = IntakeScene.Setting(guardrails: Guardrails(dailyRunQuota: 1))
        try await withIntake(setting) { scene, client in
            let task = try await client.makeTask()
            _ = try await client.makeRun(of: task.taskId)
            let refused = try await client.call(
                .post, "/runs", as: scene.owner, json: CreateRunRequest(taskId: task.taskId))
            try refused.expectError(.quotaExceeded)
            let seconds = try #require(refused.header("Retry-After").flatMap { Int64($0) })
            scene.time.advance(by: .seconds(seconds))
            _ = try await client.makeRun(of: task.taskId)
        }
    }

    @Test func `a quota of none refuses every run`() async throws {
        let setting = IntakeScene.Setting(guardrails: Guardrails(dailyRunQuota: 0))
        try await withIntake(setting) { scene, client in
            let task = try await client.makeTask()
            let response = try await client.call(
                .post, "/runs", as: scene.owner, json: CreateRunRequest(taskId: task.taskId))
            try response.expectError(.quotaExceeded)
        }
    }

    @Test func `without an executor for it a run is 422, naming those that would do`() async throws
    {
        try await withIntake { scene, client in
            let task = try await client.makeTask()
            let named = try await client.call(
                .post, "/runs", as: scene.owner,
                json: CreateRunRequest(taskId: task.taskId, executorName: "kiro"))
            #expect(try named.expectError(.noExecutor).error.contains("demo"))
            let removed = try await client.call(
                .delete, "/executors/demo", as: scene.admin)
            #expect(removed.status == .noContent)
            let none = try await client.call(
                .post, "/runs", as: scene.owner, json: CreateRunRequest(taskId: task.taskId))
            try none.expectError(.noExecutor)
        }
    }

    @Test func `a new executor is found at once, before the registry is read again`() async throws {
        try await withIntake { scene, client in
            let task = try await client.makeTask()
            _ = try await client.makeRun(of: task.taskId)
            var record = IntakeScene.demoExecutor
            record.executorName = "new"
            try await scene.executors.put(record)
            let run: RunResponse = try await client.value(
                .post, "/runs", json: CreateRunRequest(taskId: task.taskId, executorName: "new"),
                status: .created)
            #expect(run.executorName == "new")
        }
    }

    @Test func `what a request for a run has wrong is all named`() async throws {
        try await withIntake { scene, client in
            let body = #"{"taskId": "x", "archiveId": 1, "executorName": [], "priority": 10}"#
            let response = try await client.call(
                .post, "/runs", as: scene.owner, body: Array(body.utf8))
            let error = try response.expectError(.validationFailed)
            #expect(
                error.details?.map(\.field) == ["taskId", "archiveId", "executorName", "priority"])
        }
    }

    @Test func `the waiting are served by priority, and a run says its place`() async throws {
        try await withIntake { scene, client in
            let task = try await client.makeTask()
            let low = try await client.makeRun(of: task.taskId, priority: 1)
            let first = try await client.makeRun(of: task.taskId)
            let second = try await client.makeRun(of: task.taskId, priority: 5)
            let high = try await client.makeRun(of: task.taskId, priority: 9)
            #expect(first.priority == 5)
            var places: [Int?] = []
            for run in [high, first, second, low] {
                let shown: RunResponse = try await client.value(.get, "/runs/\(run.runId)")
                places.append(shown.waitingFor?.position)
            }
            #expect(places == [1, 2, 3, 4])
        }
    }

    @Test func `nothing is accepted while the table is away, and it is said`() async throws {
        try await withIntake { scene, client in
            let task = try await client.makeTask()
            scene.table.failNextTransaction(.unavailable)
            let response = try await client.call(
                .post, "/runs", as: scene.owner, json: CreateRunRequest(taskId: task.taskId))
            try response.expectError(.unavailable)
            #expect(response.header("Retry-After") == "2")
        }
    }

    @Test func `a lost answer of the table makes one run, not two`() async throws {
        try await withIntake { scene, client in
            let task = try await client.makeTask()
            for fault in [TableFault.lostAnswer, .lostRequest, .contention, .throttled] {
                scene.table.failNextTransaction(fault)
                _ = try await client.makeRun(of: task.taskId)
            }
            let list: PageResponse<RunResponse> = try await client.value(.get, "/runs")
            #expect(list.items.count == 4)
            let usage: UsageResponse = try await client.value(
                .get, "/workspaces/\(scene.workspace.id)/usage")
            #expect(usage.runsToday == 4)
        }
    }
}
