// SPDX-License-Identifier: Apache-2.0

import Storage
import TestSupport
import Testing

/// The table that fails on purpose: each fault does what it says, when it is told to.
@Suite(.timeLimit(.minutes(1))) struct FaultInjectingTableTests {
    @Test(arguments: [
        (TableFault.contention, TableError.Code.contention, false),
        (.throttled, .throttled, false), (.unavailable, .unavailable, false),
        (.lostAnswer, .unknownOutcome, true), (.lostRequest, .unknownOutcome, false),
    ])
    func `a scripted fault hits the next transaction only`(
        fault: TableFault, code: TableError.Code, isDone: Bool
    ) async throws {
        let memory = MemoryTable()
        let table = FaultInjectingTable(memory)
        table.failNextTransaction(fault)
        await expectTableError(code) { try await table.transact([.put(row("a"))]) }
        #expect(try await memory.get(key("a")) == (isDone ? row("a") : nil))
        try await table.transact([.put(row("b"))])
        #expect(try await memory.get(key("b")) == row("b"))
        #expect(table.counts == [fault: 1])
    }

    @Test func `a scripted fault waits for the transaction it is meant for`() async throws {
        let table = FaultInjectingTable(MemoryTable())
        table.failNextTransaction(.contention) { $0.contains { $0.key == key("b") } }
        try await table.transact([.put(row("a"))])
        await expectTableError(.contention) { try await table.transact([.put(row("b"))]) }
        try await table.transact([.put(row("b"))])
    }

    @Test func `scripted faults of reads hit one read each`() async throws {
        let table = FaultInjectingTable(MemoryTable())
        table.failNextRead(.throttled)
        table.failNextRead(.unavailable)
        table.failNextRead(.throttled)
        await expectTableError(.throttled) { _ = try await table.get(key("a")) }
        await expectTableError(.unavailable) {
            _ = try await table.query(TableQuery(partition: "P"))
        }
        await expectTableError(.throttled) {
            _ = try await table.due(shard: 1, until: 1, limit: 1)
        }
        #expect(try await table.get(key("a")) == nil)
    }

    @Test func `a refusal whose answer is lost is unknown too`() async throws {
        let table = FaultInjectingTable(MemoryTable())
        table.failNextTransaction(.lostAnswer)
        await expectTableError(.unknownOutcome) {
            try await table.transact([.check(key("a"), .rowExists)])
        }
    }

    @Test func `random faults come as often as their rates say, the same from the same seed`()
        async throws
    {
        var runs: [[TableFault: Int]] = []
        for seed in [UInt64(1), 1, 2] {
            let table = FaultInjectingTable(MemoryTable(), rates: .each(0.1), seed: seed)
            for number in 0..<1_000 {
                do {
                    try await table.transact([.put(row("\(number)"))])
                } catch {
                    #expect(error.code != .invalidRequest)
                }
            }
            runs.append(table.counts)
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0] != runs[2])
        for fault in TableFault.allCases { #expect((50...150).contains(runs[0][fault] ?? 0)) }
    }

    @Test func `a caller that resolves its faults loses and doubles nothing`() async throws {
        let memory = MemoryTable()
        let faulty = FaultInjectingTable(memory, rates: .each(0.15), seed: 3)
        let table = ResolvingTable(faulty)
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 {
                group.addTask {
                    for _ in 0..<10 {
                        try await table.transact([.update(key("n"), [.add("n", 1)])])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await memory.get(key("n"))?.integer("n") == 200)
        #expect(Set(faulty.counts.keys) == Set(TableFault.allCases))
    }
}
