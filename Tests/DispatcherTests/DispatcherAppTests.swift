// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories
import TestSupport
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(2))) struct DispatcherAppTests {
    @Test(arguments: TableKind.allCases)
    func `without sweeps runs are assigned by messages alone`(kind: TableKind) async throws {
        try await withTable(kind) { table in
            let bench = try await Bench(
                table: table, time: VirtualTime(), sweepsEnabled: false)
            try await bench.withRunningApp {
                bench.say(heartbeat: 1)
                let workspace = bench.newWorkspace()
                var ids: [RunID] = []
                for _ in 0..<3 {
                    let id = try await bench.accept(in: workspace)
                    bench.source.send(.runRequested(id, in: workspace), on: .runRequests)
                    ids.append(id)
                }
                #expect(Set(try await bench.nextOffers(2)) == Set(ids.prefix(2)))
                try await bench.claim(ids[0])
                try await bench.finish(ids[0])
                bench.source.send(.runEnded(ids[0], in: workspace), on: .runRequests)
                #expect(try await bench.nextOffers(1) == [ids[2]])
            }
        }
    }

    @Test(arguments: TableKind.allCases)
    func `without messages runs are assigned by the sweeper alone`(kind: TableKind) async throws {
        try await withTable(kind) { table in
            let time = VirtualTime()
            let bench = try await Bench(table: table, time: time)
            let workspace = bench.newWorkspace()
            let id = try await bench.accept(in: workspace)
            try await bench.withRunningApp {
                for count in 1...30 {
                    try await time.waitForSleepers(1)
                    try await bench.rendezvous.present(
                        WorkerHeartbeat(
                            workerID: "w", count: Int64(count), slots: 1, freeSlots: 1,
                            executorNames: ["kiro"]),
                        expiresAt: time.now.advanced(by: .seconds(60)))
                    time.advance(by: .seconds(1))
                }
                #expect(try await bench.nextOffers(1) == [id])
                let bells = try await eventuallyValue {
                    let bells = try await bench.rendezvous.bells(of: "w")
                    return bells.isEmpty ? nil : bells
                }
                #expect(bells.map(\.run) == [id])
            }
        }
    }

    @Test func `a source that ends leaves the sweeper at work`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        try await bench.withRunningApp {
            bench.say(heartbeat: 1)
            try await eventually { bench.app.parts.workers.workersOnline == ["w"] }
            bench.source.finish()
            let id = try await bench.accept(in: bench.newWorkspace())
            for _ in 0..<6 {
                try await time.waitForSleepers(1)
                time.advance(by: .seconds(1))
            }
            #expect(try await bench.nextOffers(1) == [id])
        }
    }
}

extension Bench {
    /// Runs the dispatcher beside the body, and stops it on both paths.
    fileprivate func withRunningApp(_ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.run() }
            defer { group.cancelAll() }
            try await source.waitForListener(on: .runRequests)
            try await source.waitForListener(on: .executorHeartbeats)
            try await body()
        }
    }

    fileprivate func say(heartbeat count: Int64) {
        source.send(
            .heartbeat(
                WorkerHeartbeat(
                    workerID: "w", count: count, slots: 8, freeSlots: 8,
                    executorNames: ["kiro"])), on: .executorHeartbeats)
    }

    /// Waits for the next offers.
    fileprivate func nextOffers(_ count: Int) async throws -> [RunID] {
        var offers: [RunID] = []
        while offers.count < count {
            let said = try await publisher.said.next("an offer")
            if case .runAssigned(let run, _, _, _) = said.record { offers.append(run) }
        }
        return offers
    }
}
