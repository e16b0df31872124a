// SPDX-License-Identifier: Apache-2.0

import Foundation
import Model
import Records
import Repositories
import Seams
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct LeaseTests {
    /// An agent that says where it is and works until it is ended.
    private let endless = ScriptedAgent("echo begun; while :; do sleep 0.05; echo more; done")

    @Test func `a lease is renewed while the agent works`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(endless)
            let run = try await stage.submit()
            try await stage.withWorker { _ in
                try await stage.assign(run)
                try await eventually("three renewals that tell how far it has come") {
                    let current = try await stage.current(run)
                    return current.lease?.renewals ?? 0 >= 3 && current.lastSequence > 4
                }
                try await requestCancel(run, on: stage)
                _ = try await stage.ended(run)
            }
        }
    }

    @Test func `a wish to cancel is seen in the row, without a message`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(
                ScriptedAgent("echo kept > $TLAO_OUTPUT_DIR/kept.txt; \(endless.script)"))
            let run = try await stage.submit()
            try await stage.withWorker { _ in
                try await stage.assign(run)
                try await untilBegun(run, on: stage)
                try await requestCancel(run, on: stage)
                let ended = try await stage.ended(run)
                #expect(ended.status == .cancelled)
                #expect(try await stage.text("kept.txt", of: ended) == "kept\n")
            }
        }
    }

    @Test func `a message to cancel has the row looked at before the next renewal`() async throws {
        try await WorkerStage.with { stage in
            try await stage.register(endless)
            let run = try await stage.submit()
            var timing = WorkerStage.timing
            timing.leaseRenewalInterval = .seconds(15)
            try await stage.withWorker(timing: timing) { _ in
                try await stage.assign(run)
                try await untilBegun(run, on: stage)
                try await requestCancel(run, on: stage)
                stage.source.send(.cancelRun(run.id, in: run.workspaceID), on: .runControl)
                #expect(try await stage.ended(run, within: .seconds(10)).status == .cancelled)
            }
        }
    }

    @Test func `a worker whose run a sweeper ended kills its agent and writes nothing`()
        async throws
    {
        try await WorkerStage.with { stage in
            try await stage.register(
                ScriptedAgent(
                    "trap '' TERM; echo x > made.md; while :; do sleep 0.05; echo more; done"))
            let run = try await stage.submit()
            try await stage.withWorker { _ in
                try await stage.assign(run)
                try await eventually("output") { try await !stage.output(of: run).isEmpty }
                let end = try await sweep(run, on: stage)
                try await eventually("the agent's end") {
                    stage.processes(in: stage.folder).isEmpty
                }
                try await eventually("the folder's end") {
                    !FileManager.default.fileExists(
                        atPath: stage.folder + "/work/worker-1/" + run.id.text)
                }
                #expect(try await stage.current(run) == end)
                #expect(try await stage.timeline(of: run).last?.isTerminal == true)
                #expect(try await stage.runs.artifactIDs(of: run.id) == [])
            }
        }
    }

    @Test func `without a renewal for two thirds of the lease the agent is killed`() async throws {
        let outage = Outage()
        try await WorkerStage.with { stage in
            try await stage.register(
                ScriptedAgent("trap '' TERM; echo begun; while :; do sleep 0.05; done"))
            let run = try await stage.submit()
            var timing = WorkerStage.timing
            timing.leaseTime = .seconds(3)
            let table = UnreachableTable(stage.table, during: outage)
            try await stage.withWorker(timing: timing, table: table) { _ in
                try await stage.assign(run)
                try await untilBegun(run, on: stage)
                let before = try await stage.current(run)
                let start = ContinuousClock.now
                outage.begin()
                try await eventually("the agent's end") {
                    stage.processes(in: stage.folder).isEmpty
                }
                let lasted = ContinuousClock.now - start
                #expect(lasted > .seconds(1) && lasted < .seconds(3))
                outage.end()
                try await eventually("the folder's end") {
                    !FileManager.default.fileExists(
                        atPath: stage.folder + "/work/worker-1/" + run.id.text)
                }
                let after = try await stage.current(run)
                #expect(after.status == .running)
                #expect(after.lease?.token == before.lease?.token)
                #expect(try await stage.runs.artifactIDs(of: run.id) == [])
            }
        }
    }

    @Test func `an outage shorter than the lease costs nothing`() async throws {
        let outage = Outage()
        try await WorkerStage.with { stage in
            let gate = stage.folder + "/gate"
            try await stage.register(
                ScriptedAgent("echo begun; while [ ! -e \(gate) ]; do sleep 0.05; done; echo end"))
            let run = try await stage.submit()
            let table = UnreachableTable(stage.table, during: outage)
            try await stage.withWorker(table: table) { _ in
                try await stage.assign(run)
                try await untilBegun(run, on: stage)
                outage.begin()
                try WorkspaceFiles.write(["gate": .file("")], to: stage.folder)
                try await eventually("writes that are refused") { outage.refusals >= 3 }
                outage.end()
                #expect(try await stage.ended(run).status == .completed)
                #expect(try await stage.output(of: run) == "begun\nend\n")
            }
        }
    }

    @Test func `lost answers and conflicts change nothing`() async throws {
        try await WorkerStage.with { stage in
            let table = FaultInjectingTable(
                stage.table, rates: TableFaultRates([.contention: 0.1, .lostAnswer: 0.15]), seed: 7)
            try await stage.register(ScriptedAgent("seq 1 20; echo x > $TLAO_OUTPUT_DIR/a.txt"))
            let run = try await stage.submit()
            try await stage.withWorker(table: table) { _ in
                try await eventually("the run's end") {
                    // A claim whose answer stays unknown is dropped; the dispatcher rings again.
                    let current = try await stage.current(run)
                    guard !current.status.isTerminal else { return true }
                    if current.assignment == nil { try await stage.assign(current) }
                    stage.ring(current)
                    return false
                }
            }
            let ended = try await stage.current(run)
            #expect(ended.status == .completed)
            #expect(
                try await stage.output(of: run) == (1...20).map { "\($0)\n" }.joined())
            #expect(try await stage.artifacts(of: ended).map(\.fileName) == ["a.txt", "run.log"])
        }
    }

    // MARK: What others do

    private func untilBegun(_ run: Run, on stage: WorkerStage) async throws {
        try await eventually("the agent's first line") {
            try await stage.output(of: run).hasPrefix("begun\n")
        }
    }

    /// Leaves the wish to cancel in the row, as Intake does.
    private func requestCancel(_ run: Run, on stage: WorkerStage) async throws {
        try await eventually("the wish to be stored") {
            let current = try await stage.current(run)
            let transition = try RunLifecycle.apply(.requestCancel, to: current, at: stage.time.now)
            return try await stage.runs.store(transition) == .committed
        }
    }

    /// Ends the run as a sweeper does that has seen no renewal, and answers it as it then is.
    private func sweep(_ run: Run, on stage: WorkerStage) async throws -> Run {
        try await eventuallyValue("the sweep") {
            let current = try await stage.current(run)
            let lease = try #require(current.lease)
            let transition = try RunLifecycle.apply(
                .expire(
                    token: lease.token, renewals: lease.renewals,
                    lastSequence: try await stage.runs.lastSequence(of: run.id)),
                to: current, at: stage.time.now)
            let commit = try await stage.runs.store(transition)
            return commit == .committed ? transition.after : nil
        }
    }
}
