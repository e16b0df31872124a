// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories
import Seams
import Storage
import TestSupport
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(2))) struct SweepTests {
    @Test func `an unclaimed run is rung again, then taken back and given to another worker`()
        async throws
    {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        await bench.heartbeat("lazy", count: 1, free: 8)
        await bench.heartbeat("other", count: 1, free: 1)
        let id = try await bench.submit(in: bench.newWorkspace())
        try #require(try await bench.run(id).assignment?.workerID == "lazy")
        time.advance(by: .seconds(5))
        await bench.sweep()
        #expect(bench.offered == [id, id])
        #expect(try await bench.run(id).assignment?.workerID == "lazy")
        time.advance(by: .milliseconds(4_900))
        await bench.heartbeat("lazy", count: 2, free: 8)
        await bench.heartbeat("other", count: 2, free: 1)
        await bench.sweep()
        #expect(try await bench.run(id).assignment?.workerID == "lazy")
        time.advance(by: .milliseconds(100))
        await bench.sweep()
        #expect(try await bench.run(id).assignment?.workerID == "other")
    }

    @Test func `the only worker is tried again after a while`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        await bench.heartbeat(count: 1)
        let id = try await bench.submit(in: bench.newWorkspace())
        for second in 1...10 {
            time.advance(by: .seconds(1))
            await bench.heartbeat(count: Int64(second) + 1)
            await bench.sweep()
        }
        #expect(try await bench.run(id).assignment == nil)
        #expect(try await bench.run(id).waitingReason == .noWorkerOnline)
        time.advance(by: .seconds(5))
        await bench.heartbeat(count: 20)
        #expect(try await bench.run(id).assignment != nil)
    }

    @Test func `a worker that was left out is back once it claims something`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        await bench.heartbeat(count: 1)
        let lapsed = try await bench.submit(in: bench.newWorkspace())
        try await bench.sweep(seconds: 6, time)
        await bench.heartbeat(count: 2)
        let claimed = try await bench.submit(in: bench.newWorkspace())
        try await bench.sweep(seconds: 4, time)
        try #require(try await bench.run(lapsed).assignment == nil)
        await bench.heartbeat(count: 3)
        try #require(try await bench.run(lapsed).assignment == nil)
        try await bench.claim(claimed)
        try await bench.sweep(seconds: 1, time)
        await bench.heartbeat(count: 4)
        #expect(try await bench.run(lapsed).assignment?.workerID == "w")
    }

    @Test(arguments: TableKind.allCases)
    func `a lost lease fails the run after a whole lease time, and not before`(
        kind: TableKind
    ) async throws {
        try await withTable(kind) { table in
            let time = VirtualTime()
            let bench = try await Bench(table: table, time: time)
            let workspace = bench.newWorkspace()
            let id = try await bench.lostRun(in: workspace, at: time)
            let artifact = try await bench.recordArtifact(of: id, in: workspace)
            for _ in 0..<30 {
                #expect(try await bench.run(id).status == .running)
                time.advance(by: .seconds(1))
                await bench.sweep()
            }
            let run = try await bench.run(id)
            #expect(run.status == .failed && run.failure?.code == .executorLost)
            #expect(run.artifactIDs == [artifact])
            #expect(try await bench.runs.slotHolders(of: workspace).isEmpty)
            let steps = try await bench.runs.steps(of: id, after: 0, limit: 100).map(\.event)
            #expect(steps.map(\.sequenceNumber) == Array(1...Int64(steps.count)))
            #expect(bench.announced == steps.suffix(1))
            let said = bench.publisher.records(on: .runEvents)
            #expect(said.contains(.runProgressed(steps[steps.count - 2], in: workspace)))
            let rung = bench.publisher.records(on: .runRequests)
            #expect(rung.contains(.runEnded(id, in: workspace)))
            #expect(try await bench.run(id).dueAt == nil)
        }
    }

    @Test func `a renewed lease keeps the run alive`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        let id = try await bench.lostRun(in: bench.newWorkspace(), at: time)
        for second in 1...40 {
            time.advance(by: .seconds(1))
            if second.isMultiple(of: 5) {
                try await bench.apply(.renew(token: "token", lastSequence: 3), to: id)
            }
            await bench.sweep()
        }
        #expect(try await bench.run(id).status == .running)
    }

    @Test func `a run whose cancelling was asked for ends as cancelled`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        let id = try await bench.lostRun(in: bench.newWorkspace(), at: time)
        try await bench.apply(.requestCancel, to: id)
        try await bench.sweep(seconds: 30, time)
        #expect(try await bench.run(id).status == .cancelled)
    }

    @Test func `a lost run past its deadline ends as timed out`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        let id = try await bench.lostRun(in: bench.newWorkspace(), at: time, timeLimit: 10)
        try await bench.sweep(seconds: 30, time)
        #expect(try await bench.run(id).status == .timedOut)
    }

    @Test func `a worker that renews past the deadline loses the run`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        let id = try await bench.lostRun(in: bench.newWorkspace(), at: time, timeLimit: 20)
        for _ in 0..<40 where try await bench.run(id).status == .running {
            time.advance(by: .seconds(1))
            try await bench.apply(.renew(token: "token", lastSequence: 3), to: id)
            await bench.sweep()
        }
        let run = try await bench.run(id)
        #expect(run.status == .timedOut)
        let completedAt = try #require(run.completedAt)
        let deadline = try #require(run.deadline)
        #expect(completedAt >= deadline.advanced(by: .seconds(15)))
    }

    @Test func `a run that can't be read keeps nobody from being swept`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        let workspace = bench.newWorkspace()
        let id = try await bench.accept(in: workspace)
        let poisoned = TableKeys.run(RunID("poisoned" + String(id.text.last ?? "0")), in: workspace)
        try await bench.table.transact([
            .put(
                TableRow(
                    key: poisoned,
                    attributes: [
                        TableRow.dueAtAttribute: .integer(0),
                        TableRow.dueShardAttribute: .integer(
                            Int64(try await bench.run(id).dueShard)),
                    ]))
        ])
        await bench.heartbeat(count: 1)
        time.advance(by: .seconds(5))
        await bench.sweep()
        #expect(bench.offered == [id])
    }

    @Test func `more poisoned rows than a page holds hide nobody`() async throws {
        let time = VirtualTime()
        var configuration = DispatcherConfiguration()
        configuration.sweepPage = 2
        let bench = try await Bench(time: time, configuration: configuration)
        let workspace = bench.newWorkspace()
        let id = try await bench.accept(in: workspace)
        let shard = Int64(try await bench.run(id).dueShard)
        for number in 0..<7 {
            try await bench.table.transact([
                .put(
                    TableRow(
                        key: TableKeys.run(RunID("poisoned-\(number)"), in: workspace),
                        attributes: [
                            TableRow.dueAtAttribute: .integer(Int64(number)),
                            TableRow.dueShardAttribute: .integer(shard),
                        ]))
            ])
        }
        await bench.heartbeat(count: 1)
        time.advance(by: .seconds(5))
        await bench.sweep()
        #expect(bench.offered == [id])
    }
}
