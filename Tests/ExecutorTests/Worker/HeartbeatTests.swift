// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories
import Seams
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct HeartbeatTests {
    private func heartbeats(_ stage: WorkerStage) -> [WorkerHeartbeat] {
        stage.publisher.records(on: .executorHeartbeats).compactMap { record in
            if case .heartbeat(let heartbeat) = record { heartbeat } else { nil }
        }
    }

    @Test func `a worker says at once and again what it serves`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(ScriptedAgent("true"))
            try await stage.withWorker { _ in
                try await eventually("three heartbeats") { heartbeats(stage).count >= 3 }
            }
            let heard = heartbeats(stage)
            #expect(heard.map(\.count) == (0..<Int64(heard.count)).map { $0 + 1 })
            #expect(heard.first?.executorNames == [WorkerStage.executorName])
            #expect(heard.first?.slots == 4 && heard.first?.freeSlots == 4)
            #expect(heard.first?.workerID == "worker-1" && heard.first?.draining == false)
        }
    }

    @Test func `a slot that is taken or freed is said at once`() async throws {
        try await WorkerStage.with { stage in
            let gate = stage.folder + "/gate"
            try await stage.register(
                ScriptedAgent("while [ ! -e \(gate) ]; do sleep 0.05; done"))
            let run = try await stage.submit()
            var timing = WorkerStage.timing
            timing.heartbeatInterval = .seconds(60)
            try await stage.withWorker(timing: timing) { _ in
                try await stage.assign(run)
                try await eventually("a taken slot") { heartbeats(stage).last?.freeSlots == 3 }
                try WorkspaceFiles.write(["gate": .file("")], to: stage.folder)
                try await eventually("a free slot") { heartbeats(stage).last?.freeSlots == 4 }
            }
        }
    }

    @Test func `while Kafka is away presence and bells go through the table`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(ScriptedAgent("echo done"))
            let run = try await stage.submit()
            var timing = WorkerStage.timing
            timing.brokerPatience = .milliseconds(300)
            try await stage.withWorker(timing: timing) { _ in
                try await eventually("a heartbeat") { !heartbeats(stage).isEmpty }
                #expect(try await stage.rendezvous.presences() == [])
                stage.publisher.acknowledge(.pending)
                stage.source.isReachable = false
                try await eventually("a presence") {
                    try await stage.rendezvous.presences().first?.freeSlots == 4
                }
                try await stage.assign(run, ringing: false)
                try await stage.rendezvous.ring("worker-1", for: run.id, in: run.workspaceID)
                let ended = try await stage.ended(run, ringing: false)
                #expect(ended.status == .completed)
                #expect(ended.dueAt != nil)
                try await eventually("an answered bell") {
                    try await stage.rendezvous.bells(of: "worker-1").isEmpty
                }
                stage.publisher.acknowledge(.given)
                stage.source.isReachable = true
                try await eventually("the end of the presence") {
                    try await stage.rendezvous.presences() == []
                }
            }
        }
    }
}
