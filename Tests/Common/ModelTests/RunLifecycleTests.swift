// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

/// What each command does, and when it is refused.
@Suite(.timeLimit(.minutes(5))) struct RunLifecycleTests {
    private let start = Timestamp(milliseconds: 1_000_000)
    private let timing = PipelineTiming()
    private let assignment = LifecycleOperation.assignment("a1")
    private let lease = Lease(token: "t", owner: "w")

    private var queued: Run {
        RunLifecycle.create(
            Run(
                id: RunID("r"), taskID: TaskID("t"), workspaceID: WorkspaceID("w"),
                taskType: .codeChange, title: "p", timeLimitSeconds: 60, createdAt: start),
            at: start
        ).after
    }

    private func assigned() throws -> Run { try apply(.assign(assignment), to: queued).after }
    private func running() throws -> Run {
        try apply(.claim(assignment.id, lease), to: assigned()).after
    }

    @Test func `a run is looked at again soon after it was accepted`() {
        #expect(queued.dueAt == start.advanced(by: timing.retryDelay))
        #expect(queued.version == 1 && queued.lastSequence == 1)
    }

    @Test func `an assignment takes slot and place, and is looked at when it should be claimed`()
        throws
    {
        let transition = try apply(.assign(assignment), to: queued)
        #expect(transition.slot == .take && transition.queue == .leave)
        #expect(transition.after.dueAt == start.advanced(by: timing.claimPatience))
        #expect(transition.after.executorName == "kiro")
        #expect(transition.events.map(\.phase) == [.assigned])
        #expect(throws: RunRefusal.notWaiting) {
            try apply(.assign(LifecycleOperation.assignment("a2")), to: transition.after)
        }
    }

    @Test func `an offer is taken back only under its own name, and frees slot and executor`()
        throws
    {
        #expect(throws: RunRefusal.notAssigned) {
            try apply(.takeBack(AssignmentID("a2"), because: .workersBusy), to: assigned())
        }
        let back = try apply(.takeBack(assignment.id, because: .workersBusy), to: assigned())
        #expect(back.slot == .free && back.queue == .enter)
        #expect(back.after.executorName == nil && back.after.waitingReason == .workersBusy)
        #expect(throws: RunRefusal.notAssigned) {
            try apply(.takeBack(assignment.id, because: .workersBusy), to: back.after)
        }
        #expect(throws: RunRefusal.notAssigned) {
            try apply(.takeBack(assignment.id, because: .workersBusy), to: running())
        }
    }

    @Test func `a claim needs the current offer, and works once`() throws {
        #expect(throws: RunRefusal.notAssigned) {
            try apply(.claim(AssignmentID("a2"), lease), to: assigned())
        }
        #expect(throws: RunRefusal.notAssigned) {
            try apply(.claim(assignment.id, lease), to: queued)
        }
        let claim = try apply(.claim(assignment.id, lease), to: assigned())
        #expect(claim.after.status == .running && claim.after.startedAt == start)
        #expect(claim.slot == .none && claim.queue == .none)
        #expect(throws: RunRefusal.notAssigned) {
            try apply(.claim(assignment.id, lease), to: claim.after)
        }
    }

    @Test func `only the holder renews and finishes`() throws {
        let renewed = try apply(.renew(token: "t", lastSequence: 9), to: running()).after
        #expect(renewed.lease?.renewals == 1 && renewed.lastSequence == 9)
        let late = try apply(.renew(token: "t", lastSequence: 4), to: renewed).after
        #expect(late.lastSequence == 9)
        #expect(throws: RunRefusal.notHeld) {
            try apply(.renew(token: "x", lastSequence: 9), to: renewed)
        }
        #expect(throws: RunRefusal.notHeld) {
            try apply(
                .finish(token: "x", RunOutcome(end: .completed), lastSequence: 9), to: renewed)
        }
        #expect(throws: RunRefusal.notHeld) {
            try apply(
                .finish(token: "t", RunOutcome(end: .completed), lastSequence: 9), to: assigned())
        }
    }

    @Test func `a holder that renewed isn't expired`() throws {
        let renewed = try apply(.renew(token: "t", lastSequence: 3), to: running()).after
        #expect(throws: RunRefusal.notHeld) {
            try apply(.expire(token: "t", renewals: 0, lastSequence: 3), to: renewed)
        }
        let end = try apply(.expire(token: "t", renewals: 1, lastSequence: 3), to: renewed)
        #expect(end.after.failure?.code == .executorLost)
        #expect(end.slot == .free)
    }

    @Test func `an expired run is cancelled, timed out or failed, in that order of reasons`() throws
    {
        let expire = RunCommand.expire(token: "t", renewals: 0, lastSequence: 3)
        let late = start.advanced(by: .seconds(61))
        #expect(try apply(expire, to: running(), at: late).after.status == .timedOut)
        let wished = try apply(.requestCancel, to: running()).after
        #expect(try apply(expire, to: wished, at: late).after.status == .cancelled)
        let onTime = start.advanced(by: .seconds(60))
        #expect(try apply(expire, to: running(), at: onTime).after.status == .failed)
    }

    @Test func `a holder may overstay the deadline by the patience, not longer`() throws {
        let overrun = RunCommand.overrun(token: "t", lastSequence: 3)
        let limit = start.advanced(by: .seconds(60) + timing.overrunPatience)
        #expect(throws: RunRefusal.notOverdue) {
            try apply(overrun, to: running(), at: limit.advanced(by: .milliseconds(-1)))
        }
        #expect(try apply(overrun, to: running(), at: limit).after.status == .timedOut)
        let wished = try apply(.requestCancel, to: running()).after
        #expect(try apply(overrun, to: wished, at: limit).after.status == .cancelled)
    }

    @Test func `a cancellation ends what nobody executes, and is a wish otherwise`() throws {
        let waiting = try apply(.requestCancel, to: queued)
        #expect(waiting.after.status == .cancelled)
        #expect(waiting.slot == .none && waiting.queue == .leave)
        let offered = try apply(.requestCancel, to: assigned())
        #expect(offered.after.status == .cancelled)
        #expect(offered.slot == .free && offered.queue == .none)
        let wished = try apply(.requestCancel, to: running())
        #expect(wished.after.status == .running && wished.events.isEmpty)
        #expect(wished.after.cancelRequestedAt == start)
        #expect(throws: RunRefusal.unchanged) { try apply(.requestCancel, to: wished.after) }
    }

    @Test func `a reason to wait is written only when it is another one`() throws {
        let told = try apply(.wait(.concurrencyLimit), to: queued).after
        #expect(told.waitingReason == .concurrencyLimit)
        #expect(throws: RunRefusal.unchanged) { try apply(.wait(.concurrencyLimit), to: told) }
        #expect(throws: RunRefusal.notWaiting) {
            try apply(.wait(.concurrencyLimit), to: assigned())
        }
    }

    @Test func `what has ended refuses every command, saying how it ended`() throws {
        let ended = try apply(.requestCancel, to: queued).after
        let all: [RunCommand] = [
            .assign(assignment), .takeBack(assignment.id, because: .starting),
            .claim(assignment.id, lease), .renew(token: "t", lastSequence: 1),
            .finish(token: "t", RunOutcome(end: .completed), lastSequence: 1),
            .expire(token: "t", renewals: 0, lastSequence: 1),
            .overrun(token: "t", lastSequence: 1), .requestCancel, .wait(.starting),
        ]
        for command in all {
            #expect(throws: RunRefusal.ended(.cancelled)) { try apply(command, to: ended) }
        }
    }

    private func apply(
        _ command: RunCommand, to run: Run, at time: Timestamp? = nil
    ) throws(RunRefusal) -> RunTransition {
        try RunLifecycle.apply(command, to: run, at: time ?? start, timing: timing)
    }
}
