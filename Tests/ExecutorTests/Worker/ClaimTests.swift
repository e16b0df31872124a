// SPDX-License-Identifier: Apache-2.0

import ExecutorService
import Foundation
import Model
import Records
import Repositories
import Seams
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ClaimTests {
    /// An agent that notes its start and works until a file is there.
    private func waiting(_ stage: WorkerStage) -> ScriptedAgent {
        ScriptedAgent(
            """
            echo "$TLAO_RUN_ID" >> \(stage.folder)/starts
            while [ ! -e \(stage.folder)/gate ]; do sleep 0.05; done
            """)
    }

    private func open(_ stage: WorkerStage) throws {
        try WorkspaceFiles.write(["gate": .file("")], to: stage.folder)
    }

    private func starts(_ stage: WorkerStage) throws -> [String] {
        let path = stage.folder + "/starts"
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    @Test func `a worker without a free slot hands the run back at once`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(waiting(stage))
            let (first, second) = (try await stage.submit(), try await stage.submit())
            var configuration = try stage.configuration()
            configuration.slots = 1
            try await stage.withWorker(configuration) { _ in
                try await stage.assign(first)
                try await eventually("the first agent") { try starts(stage).count == 1 }
                try await stage.assign(second)
                try await eventually("the second run's return") {
                    try await stage.current(second).assignment == nil
                }
                let back = try await stage.current(second)
                #expect(back.status == .queued && back.waitingReason == .workersBusy)
                #expect(try await stage.runs.slotHolders(of: stage.workspace) == [first.id])
                #expect(
                    try await stage.runs.waiting(in: stage.workspace, limit: 10) == [second.id])
                #expect(
                    stage.publisher.records(on: .runRequests).contains(
                        .runRequested(second.id, in: stage.workspace)))
                try open(stage)
                _ = try await stage.ended(first)
                // The table says that the first has ended a moment before its worker has room again.
                try await eventually("the second run's end") {
                    let now = try await stage.current(second)
                    if now.status == .queued, now.assignment == nil { try await stage.assign(now) }
                    return now.status == .completed
                }
            }
        }
    }

    @Test func `an assignment rung many times is executed once`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(waiting(stage))
            let run = try await stage.submit()
            try await stage.withWorker { _ in
                let assigned = try await stage.assign(run, ringing: false)
                for _ in 0..<20 { stage.ring(assigned) }
                try await eventually("the agent") { try starts(stage).count == 1 }
                for _ in 0..<20 { stage.ring(assigned) }
                try open(stage)
                _ = try await stage.ended(run)
                stage.ring(assigned)
            }
            #expect(try starts(stage) == [run.id.text])
        }
    }

    @Test func `of two workers that hear of an assignment only the one it names executes`()
        async throws
    {
        try await WorkerStage.with { stage in
            try await stage.register(waiting(stage))
            let run = try await stage.submit()
            let other = try stage.configuration("worker-2")
            try await stage.withWorker { _ in
                try await stage.withWorker(other) { _ in
                    let assigned = try await stage.assign(run, to: "worker-2")
                    try await eventually("the agent") {
                        stage.ring(assigned)
                        return try starts(stage).count == 1
                    }
                    #expect(try await stage.current(run).lease?.owner == "worker-2")
                    try open(stage)
                    _ = try await stage.ended(run)
                }
            }
            #expect(try starts(stage) == [run.id.text])
        }
    }

    @Test func `of two workers with the same name only one executes a run`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(waiting(stage))
            // The same name and other folders: what a mistake in a configuration may make.
            var other = try stage.configuration()
            other.workFolder = stage.folder + "/work/other"
            try await stage.withWorker { [other] _ in
                try await stage.withWorker(other) { _ in
                    var runs: [Run] = []
                    for _ in 0..<4 {
                        runs.append(try await stage.submit())
                        try await stage.assign(runs[runs.count - 1])
                    }
                    try open(stage)
                    for run in runs {
                        #expect(try await stage.ended(run).status == .completed)
                    }
                    #expect(try starts(stage).sorted() == runs.map(\.id.text).sorted())
                }
            }
            try FileManager.default.removeItem(atPath: stage.folder + "/work/other")
        }
    }

    @Test func `an executor it is not to serve is not served`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(waiting(stage))
            try await stage.register(waiting(stage), name: "other")
            let run = try await stage.submit()
            var configuration = try stage.configuration()
            configuration.only = ["other"]
            try await stage.withWorker(configuration) { _ in
                try await stage.assign(run)
                try await eventually("the run's return") {
                    try await stage.current(run).assignment == nil
                }
                #expect(try await stage.current(run).waitingReason == .noWorkerOnline)
            }
            #expect(try starts(stage) == [])
        }
    }

    @Test func `a pool's topic is heard once its executor is registered`() async throws {
        try await WorkerStage.with { stage in
            try open(stage)
            try await stage.register(waiting(stage))
            let pool = Topic("run.assignments.gpu")
            try await stage.withWorker(refreshing: true) { _ in
                try await stage.register(waiting(stage), name: "pooled", topic: pool)
                try await stage.source.waitForListener(on: pool, within: .seconds(5))
                let run = try await stage.submit()
                try await stage.assign(run, executor: "pooled", topic: pool)
                #expect(try await stage.ended(run).status == .completed)
            }
        }
    }
}
