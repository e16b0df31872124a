// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories
import Seams
import Storage
import TestSupport
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(2))) struct DispatchTests {
    @Test(arguments: TableKind.allCases)
    func `a requested run is assigned at once, and everybody concerned is told`(
        kind: TableKind
    ) async throws {
        try await withTable(kind) { table in
            let bench = try await Bench(table: table, time: VirtualTime())
            await bench.heartbeat(count: 1)
            let workspace = bench.newWorkspace()
            let id = try await bench.submit(in: workspace)
            let run = try await bench.run(id)
            let assignment = try #require(run.assignment)
            #expect(run.executorName == "kiro" && run.waitingReason == .starting)
            #expect(try await bench.runs.slotHolders(of: workspace) == [id])
            #expect(try await bench.runs.waiting(in: workspace, limit: 10).isEmpty)
            let step = try #require(try await bench.runs.steps(of: id, after: 1, limit: 9).first)
            #expect(
                bench.publisher.published == [
                    PublishedRecord(
                        .runAssigned(
                            id, in: workspace, assignment: assignment.id, workerID: "w"),
                        on: .runAssignments),
                    PublishedRecord(.runProgressed(step.event, in: workspace), on: .runEvents),
                ])
        }
    }

    @Test func `a run over the limit waits for a slot and says so`() async throws {
        let bench = try await Bench(time: VirtualTime())
        await bench.heartbeat(count: 1)
        let workspace = bench.newWorkspace()
        var ids: [RunID] = []
        for _ in 0..<3 { ids.append(try await bench.submit(in: workspace)) }
        #expect(bench.offered == Array(ids.prefix(2)))
        #expect(try await bench.run(ids[2]).waitingReason == .concurrencyLimit)
        try await bench.claim(ids[0])
        try await bench.finish(ids[0])
        await bench.hear(.runEnded(ids[0], in: workspace))
        #expect(bench.offered == ids)
    }

    @Test func `higher priorities go first, then older runs`() async throws {
        let bench = try await Bench(
            time: VirtualTime(), guardrails: Guardrails(concurrencyLimit: 4))
        let workspace = bench.newWorkspace()
        let low = try await bench.submit(in: workspace, priority: 1)
        let old = try await bench.submit(in: workspace)
        let young = try await bench.submit(in: workspace)
        let high = try await bench.submit(in: workspace, priority: 9)
        await bench.heartbeat(count: 1)
        #expect(bench.offered == [high, old, young, low])
    }

    @Test func `a run that can't go is passed over, and says why`() async throws {
        let bench = try await Bench(time: VirtualTime())
        await bench.heartbeat(count: 1)
        let workspace = bench.newWorkspace()
        var other = Bench.executor
        other.executorName = "other"
        try await bench.register(other)
        let stuck = try await bench.submit(in: workspace, requesting: "other")
        let free = try await bench.submit(in: workspace)
        #expect(bench.offered == [free])
        #expect(try await bench.run(stuck).waitingReason == .noWorkerOnline)
    }

    @Test func `a run whose executor was made inactive waits until it is active again`()
        async throws
    {
        let bench = try await Bench(time: VirtualTime())
        var inactive = Bench.executor
        inactive.status = .inactive
        try await bench.register(inactive)
        await bench.heartbeat(count: 1)
        let id = try await bench.submit(in: bench.newWorkspace(), requesting: "kiro")
        #expect(try await bench.run(id).waitingReason == .noWorkerOnline)
        try await bench.register(Bench.executor)
        await bench.heartbeat(count: 2)
        #expect(bench.offered == [id])
    }

    @Test func `a heartbeat with a free slot wakes who waits for a worker`() async throws {
        let bench = try await Bench(time: VirtualTime())
        await bench.heartbeat(count: 1, slots: 1, free: 0)
        let id = try await bench.submit(in: bench.newWorkspace())
        #expect(try await bench.run(id).waitingReason == .workersBusy)
        await bench.heartbeat(count: 1, slots: 1, free: 1)
        #expect(bench.offered.isEmpty)
        await bench.heartbeat(count: 2, slots: 1, free: 1)
        #expect(bench.offered == [id])
    }

    @Test func `a worker is not offered more than it said it has room for`() async throws {
        let bench = try await Bench(time: VirtualTime())
        await bench.heartbeat(count: 1, slots: 2, free: 2)
        for _ in 0..<3 { _ = try await bench.submit(in: bench.newWorkspace()) }
        #expect(bench.offered.count == 2)
        let workers = bench.app.parts.workers
        #expect(workers.openOffers.count == 2)
    }

    @Test func `workspaces share a worker's room in turn`() async throws {
        let bench = try await Bench(
            time: VirtualTime(), guardrails: Guardrails(concurrencyLimit: 4))
        let workspaces = (0..<3).map { _ in bench.newWorkspace() }
        var owners: [RunID: WorkspaceID] = [:]
        for workspace in workspaces {
            for _ in 0..<4 { owners[try await bench.submit(in: workspace)] = workspace }
        }
        await bench.heartbeat(count: 1, slots: 6, free: 6)
        let order = bench.offered.compactMap { owners[$0] }
        #expect(order.count == 6)
        #expect(Set(order.prefix(3)) == Set(workspaces))
        #expect(Set(order.suffix(3)) == Set(workspaces))
    }

    @Test func `a workspace's own limit counts, and a lowered one stops nobody`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        await bench.heartbeat(count: 1)
        let id = bench.newWorkspace()
        var workspace = Workspace(
            id: id, name: "own", ownerID: bench.identifiers.next(),
            guardrails: GuardrailOverrides(concurrencyLimit: 3), createdAt: time.now,
            updatedAt: time.now)
        _ = try await bench.workspaces.create(workspace, owner: "ada")
        for _ in 0..<4 { _ = try await bench.submit(in: id) }
        #expect(bench.offered.count == 3)
        workspace.guardrails.concurrencyLimit = 1
        try await bench.table.transact([.put(try workspace.row)])
        time.advance(by: .seconds(6))
        try await bench.claim(bench.offered[0])
        try await bench.finish(bench.offered[0])
        await bench.hear(.runEnded(bench.offered[0], in: id))
        #expect(bench.offered.count == 3)
        #expect(try await bench.runs.slotHolders(of: id) == Set(bench.offered.suffix(2)))
    }

    @Test func `a workspace without slots starts nothing`() async throws {
        let bench = try await Bench(
            time: VirtualTime(), guardrails: Guardrails(concurrencyLimit: 0))
        await bench.heartbeat(count: 1)
        let id = try await bench.submit(in: bench.newWorkspace())
        #expect(try await bench.run(id).waitingReason == .concurrencyLimit)
    }
}
