// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct WorkerRosterTests {
    private var roster = WorkerRoster()

    @Test mutating func `a worker is online until its heartbeat is as old as the expiry`() {
        hear("w", free: 2, at: 0)
        #expect(roster.workersOnline(at: .milliseconds(9_999)) == ["w"])
        #expect(roster.bestWorker(for: "kiro", at: .milliseconds(9_999)) == "w")
        #expect(roster.workersOnline(at: .seconds(10)) == [])
        #expect(roster.bestWorker(for: "kiro", at: .seconds(10)) == nil)
    }

    @Test mutating func `a repeated heartbeat proves nothing`() {
        #expect(hear("w", count: 5, free: 2, at: 0))
        #expect(!hear("w", count: 5, free: 2, at: 8))
        #expect(!hear("w", count: 4, free: 2, at: 8))
        #expect(roster.workersOnline(at: .seconds(10)) == [])
        #expect(hear("w", count: 6, free: 2, at: 11))
        #expect(roster.workersOnline(at: .seconds(11)) == ["w"])
    }

    @Test mutating func `a worker gets runs only for the executors it serves`() {
        hear("w", free: 2, executors: ["kiro", "demo"], at: 0)
        #expect(roster.bestWorker(for: "demo", at: .zero) == "w")
        #expect(roster.bestWorker(for: "other", at: .zero) == nil)
    }

    @Test mutating func `a draining worker gets nothing and isn't counted`() {
        hear("w", free: 2, draining: true, at: 0)
        #expect(roster.bestWorker(for: "kiro", at: .zero) == nil)
        #expect(roster.presence(of: "kiro", at: .zero).workersOnline == 0)
    }

    @Test mutating func `the worker with most free slots is best, then the least recently used`() {
        hear("a", free: 1, at: 0)
        hear("b", free: 3, at: 0)
        hear("c", free: 3, at: 0)
        #expect(assign("1") == "b")
        #expect(assign("2") == "c")
        #expect(assign("3") == "b")
        #expect(assign("4") == "c")
        // One free slot each; "a" was never used, "b" longer ago than "c".
        #expect(assign("5") == "a")
        #expect(assign("6") == "b")
        #expect(assign("7") == "c")
        #expect(assign("8") == nil)
    }

    @Test mutating func `an unclaimed assignment is subtracted from what later heartbeats say`() {
        hear("w", count: 1, free: 1, at: 0)
        roster.reserve(AssignmentID("a"), on: "w", at: .seconds(1))
        #expect(roster.bestWorker(for: "kiro", at: .seconds(1)) == nil)
        hear("w", count: 2, free: 1, at: 2)
        #expect(roster.bestWorker(for: "kiro", at: .seconds(2)) == nil)
        roster.release(AssignmentID("a"))
        #expect(roster.bestWorker(for: "kiro", at: .seconds(2)) == "w")
    }

    @Test mutating func `a claimed run is subtracted until a heartbeat counts it, and not after`() {
        hear("w", count: 1, free: 2, at: 0)
        roster.reserve(AssignmentID("a"), on: "w", at: .seconds(1))
        roster.claimed(AssignmentID("a"), by: "w")
        #expect(roster.presence(of: "kiro", at: .seconds(1)).freeSlots == 1)
        hear("w", count: 2, free: 1, at: 2)
        #expect(roster.presence(of: "kiro", at: .seconds(2)).freeSlots == 1)
    }

    @Test
    mutating func `a reservation that nobody ended is over when a sweeper must have been there`() {
        hear("w", count: 1, free: 1, at: 0)
        roster.reserve(AssignmentID("a"), on: "w", at: .zero)
        hear("w", count: 2, free: 1, at: 15)
        #expect(roster.bestWorker(for: "kiro", at: .seconds(15)) == nil)
        hear("w", count: 3, free: 1, at: 16)
        #expect(roster.bestWorker(for: "kiro", at: .seconds(16)) == "w")
    }

    @Test mutating func `an excluded worker gets nothing until it claims something`() {
        hear("a", free: 5, at: 0)
        hear("b", free: 1, at: 0)
        roster.exclude("a")
        #expect(roster.bestWorker(for: "kiro", at: .zero) == "b")
        hear("a", count: 2, free: 5, at: 1)
        #expect(roster.bestWorker(for: "kiro", at: .seconds(1)) == "b")
        roster.claimed(AssignmentID("of another dispatcher"), by: "a")
        #expect(roster.bestWorker(for: "kiro", at: .seconds(1)) == "a")
    }

    @Test mutating func `a worker that is excluded for a while gets something afterwards`() {
        hear("a", free: 5, at: 0)
        roster.exclude("a", until: .seconds(5))
        #expect(roster.bestWorker(for: "kiro", at: .milliseconds(4_999)) == nil)
        #expect(roster.bestWorker(for: "kiro", at: .seconds(5)) == "a")
    }

    @Test mutating func `presence adds up the online workers and remembers the last heartbeat`() {
        #expect(roster.presence(of: "kiro", at: .zero) == ExecutorPresence())
        hear("a", slots: 4, free: 3, at: 0)
        hear("b", slots: 2, free: 2, at: 6)
        let both = roster.presence(of: "kiro", at: .seconds(6))
        #expect(
            both
                == ExecutorPresence(
                    workersOnline: 2, slots: 6, freeSlots: 5, lastHeartbeatAt: wallTime(6)))
        let one = roster.presence(of: "kiro", at: .seconds(12))
        #expect(one.workersOnline == 1 && one.slots == 2)
        let none = roster.presence(of: "kiro", at: .seconds(600))
        #expect(none == ExecutorPresence(lastHeartbeatAt: wallTime(6)))
    }

    @Test mutating func `all are silent when nobody was heard since`() {
        #expect(roster.allSilent(since: .zero))
        hear("a", free: 1, at: 3)
        hear("b", free: 1, at: 7)
        #expect(!roster.allSilent(since: .seconds(6)))
        #expect(roster.allSilent(since: .seconds(7)))
    }

    @Test func `the best worker is online and has a slot to spare, whatever was said`() async {
        let steps = Generator<RosterStep>.rosterStep.array(count: 1...60)
        await checkProperty("The best worker has a free slot", cases: 300, steps) { steps in
            var roster = WorkerRoster()
            var now = Duration.zero
            for step in steps {
                step.tell(&roster, &now)
                guard let best = roster.bestWorker(for: "kiro", at: now) else { continue }
                try require(roster.workersOnline(at: now).contains(best))
                let before = roster.presence(of: "kiro", at: now)
                try require(before.freeSlots > 0 && before.freeSlots <= before.slots)
                roster.reserve(AssignmentID("probe"), on: best, at: now)
                let after = roster.presence(of: "kiro", at: now)
                try requireEqual(after.freeSlots, before.freeSlots - 1)
                roster.release(AssignmentID("probe"))
                try requireEqual(roster.presence(of: "kiro", at: now), before)
            }
        }
    }

    @discardableResult
    private mutating func hear(
        _ worker: String, count: Int64 = 1, slots: Int = 5, free: Int,
        executors: [String] = ["kiro"], draining: Bool = false, at seconds: Int64
    ) -> Bool {
        roster.heard(
            WorkerHeartbeat(
                workerID: worker, count: count, slots: slots, freeSlots: free,
                executorNames: executors, draining: draining),
            at: .seconds(seconds), wallTime: wallTime(seconds))
    }

    private mutating func assign(_ assignment: String) -> String? {
        guard let worker = roster.bestWorker(for: "kiro", at: .zero) else { return nil }
        roster.reserve(AssignmentID(assignment), on: worker, at: .zero)
        return worker
    }

    private func wallTime(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: seconds * 1_000)
    }
}
