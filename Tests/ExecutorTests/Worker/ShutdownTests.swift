// SPDX-License-Identifier: Apache-2.0

import ExecutorService
import Foundation
import Model
import Records
import Repositories
import ServiceLifecycle
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ShutdownTests {
    @Test func `a shutdown lets agents finish and takes no more runs`() async throws {
        try await WorkerStage.with { stage in
            let gate = stage.folder + "/gate"
            try await stage.register(
                ScriptedAgent("echo begun; while [ ! -e \(gate) ]; do sleep 0.05; done"))
            let (first, second) = (try await stage.submit(), try await stage.submit())
            try await stage.withWorker { group in
                try await stage.assign(first)
                try await eventually("the agent") { try await !stage.output(of: first).isEmpty }
                await group.triggerGracefulShutdown()
                try await eventually("a draining heartbeat") {
                    stage.publisher.records(on: .executorHeartbeats).contains { record in
                        if case .heartbeat(let heartbeat) = record {
                            heartbeat.draining
                        } else {
                            false
                        }
                    }
                }
                try await stage.assign(second)
                try await eventually("the second run's return") {
                    try await stage.current(second).assignment == nil
                }
                try WorkspaceFiles.write(["gate": .file("")], to: stage.folder)
                #expect(try await stage.ended(first).status == .completed)
            }
        }
    }

    @Test func `what is not done within the grace fails as shut down`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(
                ScriptedAgent("echo begun; while :; do sleep 0.05; done"))
            let run = try await stage.submit()
            var configuration = try stage.configuration()
            configuration.shutdownGrace = .milliseconds(300)
            try await stage.withWorker(configuration) { group in
                try await stage.assign(run)
                try await eventually("the agent") { try await !stage.output(of: run).isEmpty }
                await group.triggerGracefulShutdown()
                let ended = try await stage.ended(run)
                #expect(ended.failure?.code == .workerShutdown)
                #expect(try await stage.text("run.log", of: ended) == "begun\n")
            }
        }
    }

    @Test func `a worker that is cancelled ends its agents at once and writes nothing`()
        async throws
    {
        try await WorkerStage.with { stage in
            try await stage.register(
                ScriptedAgent("echo begun; while :; do sleep 0.05; done"))
            let run = try await stage.submit()
            let worker = try stage.worker()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run() }
                try await stage.source.waitForListener(on: .runAssignments)
                try await stage.assign(run)
                try await eventually("the agent") { try await !stage.output(of: run).isEmpty }
                group.cancelAll()
                try await group.waitForAll()
            }
            try stage.expectNothingLeft()
            let left = try await stage.current(run)
            #expect(left.status == .running && left.lease != nil)
            #expect(try await stage.timeline(of: run).last?.isTerminal == false)
            #expect(left.artifactIDs == [])
        }
    }

    @Test func `folders of dead workers are removed and those of live ones left`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(ScriptedAgent("true"))
            let work = stage.folder + "/work"
            try WorkspaceFiles.write(
                [
                    "dead/worker.lock": .file(""), "dead/run/workspace/a": .file(""),
                    "not-a-worker/file": .file(""),
                ], to: work)
            try await stage.withWorker { _ in
                try await stage.withWorker(try stage.configuration("worker-2")) { _ in
                    try await eventually("the second worker's folder") {
                        try FileManager.default.contentsOfDirectory(atPath: work).contains(
                            "worker-2")
                    }
                    let folders = try FileManager.default.contentsOfDirectory(atPath: work)
                    #expect(Set(folders).isSuperset(of: ["worker-1", "not-a-worker"]))
                    #expect(!folders.contains("dead"))
                }
            }
            try FileManager.default.removeItem(atPath: work + "/not-a-worker")
        }
    }
}
