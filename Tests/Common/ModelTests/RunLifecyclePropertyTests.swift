// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct RunLifecyclePropertyTests {
    @Test func `Property 7: completed with log on success, failed with error on failure`() async {
        let cases = zip(Generator<Run>.newRun, .outcome, Generator<Int64>.integer(in: 0...50))
        await checkProperty("Property 7: completed or failed", cases) { new, outcome, steps in
            let now = new.createdAt
            let assignment = LifecycleOperation.assignment("a1")
            var run = RunLifecycle.create(new, at: now).after
            run = try RunLifecycle.apply(.assign(assignment), to: run, at: now).after
            let lease = Lease(token: "t", owner: "w")
            run = try RunLifecycle.apply(.claim(assignment.id, lease), to: run, at: now).after
            let last = run.lastSequence + steps
            let end = try RunLifecycle.apply(
                .finish(token: "t", outcome, lastSequence: last), to: run, at: now)
            try requireEqual(end.after.status, status(of: outcome.end))
            try requireEqual(end.after.failure, failure(of: outcome.end))
            try requireEqual(end.after.logArtifactID, outcome.logArtifactID)
            try requireEqual(end.after.artifactIDs, outcome.artifactIDs)
            try requireEqual(end.after.warnings, outcome.warnings)
            try requireEqual(end.after.usage, outcome.usage)
            try require(end.isEnd)
            try requireEqual(end.events.last?.status, end.after.status)
            try requireEqual(
                end.events.filter { $0.type == .runError }.map(\.message),
                failure(of: outcome.end).map { [$0.message] } ?? [])
            try requireEqual(end.events.first?.sequenceNumber, last + 1)
        }
    }

    @Test func `Property 26: exactly one terminal status; an illegal transition changes nothing`()
        async
    {
        let lives = zip(
            Generator<Run>.newRun, Generator<LifecycleOperation>.operation.array(count: 0...40))
        await checkProperty("Property 26: exactly one terminal status", cases: 300, lives) {
            new, operations in
            var ledger = try LifecycleLedger(new)
            for operation in operations { try ledger.live(operation) }
            if !ledger.run.status.isTerminal { try ledger.end() }
            try require(ledger.run.status.isTerminal, "The run didn't end.")
            try requireEqual(ledger.ends, 1)
            try requireEqual(ledger.terminal, [ledger.run.status])
            try requireEqual(ledger.run.lastSequence, Int64(ledger.timeline.count))
            let ended = ledger.run
            for operation in operations { try ledger.live(operation) }
            try requireEqual(ledger.run, ended, "Something followed the end.")
        }
    }

    @Test func `every operation is exercised both ways by the generated lives`() async {
        var statuses: Set<RunStatus> = []
        let lives = zip(
            Generator<Run>.newRun, Generator<LifecycleOperation>.operation.array(count: 0...40))
        await checkProperty("Coverage of lives", cases: 200, seed: 26, lives) { new, operations in
            var ledger = try LifecycleLedger(new)
            for operation in operations { try ledger.live(operation) }
            statuses.insert(ledger.run.status)
        }
        #expect(statuses == Set(RunStatus.allCases))
    }

    private func status(of end: RunOutcome.End) -> RunStatus {
        switch end {
        case .completed: .completed
        case .failed: .failed
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        }
    }

    private func failure(of end: RunOutcome.End) -> RunFailure? {
        guard case .failed(let failure) = end else { return nil }
        return failure
    }
}
