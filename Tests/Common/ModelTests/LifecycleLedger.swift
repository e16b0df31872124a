// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting

/// Lives a run through operations and keeps account of everything that must balance.
struct LifecycleLedger {
    private(set) var run: Run
    /// The sequence numbers of all steps, in the order in which they were written.
    private(set) var timeline: [Int64] = []
    /// The statuses of all terminal events.
    private(set) var terminal: [RunStatus] = []
    private(set) var ends = 0
    private var holdsSlot = false
    private var isWaiting = false
    private var now: Timestamp

    init(_ new: Run) throws {
        run = new
        now = new.createdAt
        try enter(RunLifecycle.create(new, at: now))
    }

    mutating func live(_ operation: LifecycleOperation) throws {
        switch operation {
        case .command(let command): try attempt(command)
        case .next(let position):
            let commands = LifecycleOperation.suitable(for: run)
            try attempt(commands[position % commands.count])
        case .work(let count):
            guard run.status == .running else { return }
            for _ in 0..<count { try write(step: Int64(timeline.count) + 1) }
        case .wait(let seconds): now = now.advanced(by: .seconds(seconds))
        }
    }

    /// Brings the run to an end, as a sweeper would in the end.
    mutating func end() throws {
        if let lease = run.lease {
            try attempt(
                .expire(token: lease.token, renewals: lease.renewals, lastSequence: 0))
        } else {
            try attempt(.requestCancel)
        }
    }

    mutating func attempt(_ command: RunCommand) throws {
        let before = run
        do {
            let transition = try RunLifecycle.apply(knowing(command), to: run, at: now)
            try require(!before.status.isTerminal, "Something followed the end.")
            try requireEqual(transition.before, before)
            try requireEqual(transition.after.version, before.version + 1)
            try enter(transition)
        } catch is RunRefusal {
            try requireEqual(run, before, "A refused command changed the run.")
        }
    }

    /// The command, from somebody who has read the timeline where that is its duty.
    private func knowing(_ command: RunCommand) -> RunCommand {
        let last = Int64(timeline.count)
        switch command {
        case .finish(let token, let outcome, _):
            return .finish(token: token, outcome, lastSequence: last)
        case .expire(let token, let renewals, _, _):
            return .expire(token: token, renewals: renewals, lastSequence: last)
        case .overrun(let token, _, _): return .overrun(token: token, lastSequence: last)
        default: return command
        }
    }

    private mutating func enter(_ transition: RunTransition) throws {
        run = transition.after
        for event in transition.events {
            try write(step: event.sequenceNumber)
            if let status = event.status, status.isTerminal { terminal.append(status) }
        }
        if transition.isEnd { ends += 1 }
        try enter(transition.slot)
        try enter(transition.queue)
        try checkBalance()
    }

    private mutating func write(step sequence: Int64) throws {
        try requireEqual(sequence, Int64(timeline.count) + 1, "The timeline has a gap.")
        timeline.append(sequence)
    }

    private mutating func enter(_ effect: RunTransition.SlotEffect) throws {
        if effect == .none { return }
        try requireEqual(holdsSlot, effect == .free, "A slot was taken or freed twice.")
        holdsSlot = effect == .take
    }

    private mutating func enter(_ effect: RunTransition.QueueEffect) throws {
        if effect == .none { return }
        try requireEqual(isWaiting, effect == .leave, "A place was taken or left twice.")
        isWaiting = effect == .enter
    }

    private func checkBalance() throws {
        let isOut = run.assignment != nil
        try requireEqual(holdsSlot, !run.status.isTerminal && isOut, "Slot and state differ.")
        try requireEqual(isWaiting, run.status == .queued && !isOut, "Place and state differ.")
        try requireEqual(run.status == .running, run.lease != nil)
        try requireEqual(run.status.isTerminal, run.completedAt != nil)
        try requireEqual(run.status == .failed, run.failure != nil)
        try requireEqual(run.phase == .ended, run.status.isTerminal)
    }
}
