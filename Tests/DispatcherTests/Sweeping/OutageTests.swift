// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories
import Seams
import TestSupport
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(2))) struct OutageTests {
    @Test func `when all workers fall silent nothing is assigned, and the runs say why`()
        async throws
    {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        await bench.heartbeat(count: 1)
        time.advance(by: .seconds(10))
        let id = try await bench.submit(in: bench.newWorkspace())
        #expect(bench.offered.isEmpty)
        #expect(try await bench.run(id).waitingReason == .brokerUnreachable)
        await bench.heartbeat(count: 2)
        #expect(bench.offered == [id])
    }

    @Test func `a run that already waits learns of the outage at the next sweep`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        await bench.heartbeat(count: 1, free: 0)
        let id = try await bench.submit(in: bench.newWorkspace())
        try #require(try await bench.run(id).waitingReason == .workersBusy)
        await bench.sweep()
        bench.source.isReachable = false
        await bench.sweep()
        #expect(try await bench.run(id).waitingReason == .brokerUnreachable)
        bench.source.isReachable = true
        await bench.sweep()
        #expect(try await bench.run(id).waitingReason == .workersBusy)
    }

    @Test func `an offer that nobody heard is taken back, and is not the worker's fault`()
        async throws
    {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        await bench.heartbeat(count: 1)
        let id = try await bench.submit(in: bench.newWorkspace())
        bench.source.isReachable = false
        try await bench.sweep(seconds: 10, time)
        #expect(try await bench.run(id).assignment == nil)
        #expect(try await bench.run(id).waitingReason == .brokerUnreachable)
        bench.source.isReachable = true
        await bench.heartbeat(count: 2)
        #expect(try await bench.run(id).assignment?.workerID == "w")
    }

    @Test(arguments: TableKind.allCases)
    func `after the broker patience workers are met and rung in the table`(
        kind: TableKind
    ) async throws {
        try await withTable(kind) { table in
            let time = VirtualTime()
            let bench = try await Bench(table: table, time: time)
            bench.source.isReachable = false
            let workspace = bench.newWorkspace()
            let id = try await bench.submit(in: workspace)
            try await bench.present(count: 1)
            try await bench.sweep(seconds: 19, time)
            try await bench.present(count: 2)
            #expect(bench.offered.isEmpty)
            try await bench.sweep(seconds: 1, time)
            #expect(bench.offered.isEmpty, "a presence seen once may be days old")
            try await bench.present(count: 3)
            try await bench.sweep(seconds: 1, time)
            #expect(try await bench.run(id).assignment?.workerID == "w")
            let bells = try await bench.rendezvous.bells(of: "w")
            #expect(bells.map(\.run) == [id] && bells.map(\.workspace) == [workspace])
        }
    }

    @Test func `a presence that does not rise is nobody`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        bench.source.isReachable = false
        let id = try await bench.submit(in: bench.newWorkspace())
        try await bench.present(count: 7)
        try await bench.sweep(seconds: 60, time)
        #expect(bench.offered.isEmpty)
        #expect(try await bench.run(id).waitingReason == .brokerUnreachable)
    }

    @Test func `nothing that runs is failed for a silent Kafka`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        let id = try await bench.lostRun(in: bench.newWorkspace(), at: time)
        bench.source.isReachable = false
        for _ in 0..<60 {
            time.advance(by: .seconds(1))
            try await bench.apply(.renew(token: "token", lastSequence: 3), to: id)
            await bench.sweep()
        }
        #expect(try await bench.run(id).status == .running)
    }
}

extension Bench {
    fileprivate func present(count: Int64) async throws {
        try await rendezvous.present(
            WorkerHeartbeat(
                workerID: "w", count: count, slots: 1, freeSlots: 1, executorNames: ["kiro"]),
            expiresAt: time.now.advanced(by: .seconds(60)))
    }
}
