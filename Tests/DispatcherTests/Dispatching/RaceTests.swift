// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Records
import Repositories
import Seams
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(5))) struct RaceTests {
    /// What may happen to a workspace's runs, besides being dispatched.
    private struct Schedule: Sendable {
        let seed: UInt64
        let runs: Int
        let limit: Int
        /// How many offered runs are claimed and ended in each round.
        let ends: [Int]
        let loses: Bool
    }

    private static let schedules = Generator<Schedule> { choices in
        Schedule(
            seed: try choices.draw(.integer), runs: try choices.draw(.integer(in: 1...6)),
            limit: try choices.draw(.integer(in: 1...3)),
            ends: try choices.draw(Generator<Int>.integer(in: 0...3).array(count: 1...4)),
            loses: try choices.draw(.integer(in: 0...1)) == 1)
    }

    @Test func `the limit holds at every instant while two dispatchers race for one workspace`()
        async
    {
        await checkProperty("Two dispatchers keep the limit", Self.schedules) { schedule in
            try await Self.play(schedule)
        }
    }

    private static func play(_ schedule: Schedule) async throws {
        let most = Mutex(0)
        let workspace = WorkspaceID("ws")
        let memory = MemoryTable()
        let table = InterleavingTable(memory, seed: schedule.seed) { table in
            let slots = try? await table.get(TableKeys.slots(workspace))
            let held = slots?.strings(SlotsAttribute.runIDs).count ?? 0
            most.withLock { $0 = max($0, held) }
        }
        let faulty = FaultInjectingTable(
            table, rates: schedule.loses ? TableFaultRates.each(0.02) : .none,
            seed: schedule.seed)
        let guardrails = Guardrails(concurrencyLimit: schedule.limit)
        let first = try await bench(memory, faulty, 1, guardrails)
        let second = try await bench(memory, faulty, 2, guardrails)
        let author = try await Bench(table: memory, time: SystemTime(), seed: 3)
        var ids: [RunID] = []
        for _ in 0..<schedule.runs { ids.append(try await author.accept(in: workspace)) }
        for (round, ends) in schedule.ends.enumerated() {
            await race(first, second, workspace, round: round)
            for id in try await offered(ids, author).prefix(ends) {
                try await author.claim(id)
                try await author.finish(id)
            }
        }
        try require(most.withLock { $0 } <= schedule.limit, "the limit was passed")
        for id in ids {
            let steps = try await author.runs.steps(of: id, after: 0, limit: 100)
            let count = steps.count { $0.event.phase == .assigned }
            try require(count <= 1, "a run was offered \(count) times")
        }
        let held = try await author.runs.slotHolders(of: workspace)
        try requireEqual(held, Set(try await offered(ids, author)), "Slots are held by right.")
    }

    private static func bench(
        _ plain: MemoryTable, _ table: any Table, _ seed: UInt64, _ guardrails: Guardrails
    ) async throws -> Bench {
        try await plain.transact([.put(try Bench.executor.row)])
        while true {
            do {
                return try await Bench(
                    table: table, time: SystemTime(), seed: seed, guardrails: guardrails)
            } catch is TableError {
                continue
            }
        }
    }

    private static func race(
        _ first: Bench, _ second: Bench, _ workspace: WorkspaceID, round: Int
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for bench in [first, second] {
                group.addTask {
                    await bench.heartbeat(count: Int64(round) + 1)
                    await bench.hear(.runRequested(RunID("any"), in: workspace))
                }
            }
        }
    }

    private static func offered(_ ids: [RunID], _ bench: Bench) async throws -> [RunID] {
        var offered: [RunID] = []
        for id in ids {
            let run = try await bench.run(id)
            if run.status == .queued, run.assignment != nil { offered.append(id) }
        }
        return offered
    }
}
