// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories
import Seams
import Storage
import TestSupport
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(2))) struct OfferTests {
    @Test func `a stray slot is freed, and the next run gets it`() async throws {
        let bench = try await Bench(
            time: VirtualTime(), guardrails: Guardrails(concurrencyLimit: 1))
        await bench.heartbeat(count: 1)
        let workspace = bench.newWorkspace()
        let ghost: RunID = bench.identifiers.next()
        try await bench.table.transact([
            .update(TableKeys.slots(workspace), [.insert(SlotsAttribute.runIDs, [ghost.text])])
        ])
        try #require(try await bench.runs.slotHolders(of: workspace) == [ghost])
        let id = try await bench.submit(in: workspace)
        #expect(bench.offered == [id])
        #expect(try await bench.runs.slotHolders(of: workspace) == [id])
    }

    @Test func `a slot held by right is not freed`() async throws {
        let bench = try await Bench(
            time: VirtualTime(), guardrails: Guardrails(concurrencyLimit: 1))
        await bench.heartbeat(count: 1)
        let workspace = bench.newWorkspace()
        let first = try await bench.submit(in: workspace)
        let second = try await bench.submit(in: workspace)
        #expect(bench.offered == [first])
        #expect(try await bench.run(second).waitingReason == .concurrencyLimit)
    }

    @Test func `a run that was handed back does not go to the same worker before it speaks`()
        async throws
    {
        let bench = try await Bench(time: VirtualTime())
        await bench.heartbeat(count: 1, slots: 1, free: 1)
        let workspace = bench.newWorkspace()
        let id = try await bench.submit(in: workspace)
        let assignment = try #require(try await bench.run(id).assignment)
        try await bench.apply(.takeBack(assignment.id, because: .workersBusy), to: id)
        await bench.app.parts.follower.look()
        await bench.hear(.runRequested(id, in: workspace))
        #expect(bench.offered == [id])
        await bench.heartbeat(count: 2, slots: 1, free: 1)
        #expect(bench.offered == [id, id])
    }

    @Test func `a claimed run makes room when its worker has counted it`() async throws {
        let bench = try await Bench(time: VirtualTime())
        await bench.heartbeat(count: 1, slots: 2, free: 1)
        let first = try await bench.submit(in: bench.newWorkspace())
        try await bench.claim(first)
        await bench.app.parts.follower.look()
        let second = try await bench.submit(in: bench.newWorkspace())
        #expect(try await bench.run(second).waitingReason == .workersBusy)
        await bench.heartbeat(count: 2, slots: 2, free: 1)
        #expect(bench.offered == [first, second])
    }

    @Test func `an ended run makes room at once`() async throws {
        let bench = try await Bench(time: VirtualTime())
        await bench.heartbeat(count: 1, slots: 1, free: 1)
        let workspace = bench.newWorkspace()
        let first = try await bench.submit(in: workspace)
        let second = try await bench.submit(in: bench.newWorkspace())
        #expect(bench.offered == [first])
        try await bench.claim(first)
        try await bench.finish(first)
        await bench.hear(.runEnded(first, in: workspace))
        #expect(bench.offered == [first, second])
    }

    @Test func `a run that can never be assigned keeps no other from going`() async throws {
        let bench = try await Bench(time: VirtualTime())
        let workspace = bench.newWorkspace()
        let broken = try await bench.accept(in: workspace)
        let step = ProgressEvent(
            runID: broken, sequenceNumber: 2, timestamp: bench.time.now, type: .log, message: "")
        try await bench.table.transact([.put(try RunStep(event: step, writer: "nobody").row)])
        let sound = try await bench.accept(in: workspace)
        await bench.heartbeat(count: 1)
        await bench.hear(.runRequested(sound, in: workspace))
        #expect(bench.offered == [sound])
    }

    @Test func `an offer whose answer was lost stands once`() async throws {
        let table = FaultInjectingTable(MemoryTable())
        let bench = try await Bench(table: table, time: VirtualTime())
        await bench.heartbeat(count: 1)
        let id = try await bench.accept(in: bench.newWorkspace())
        table.failNextTransaction(.lostAnswer)
        await bench.hear(.runRequested(id, in: try await bench.run(id).workspaceID))
        #expect(bench.offered == [id])
        #expect(try await bench.run(id).version == 2)
    }
}
