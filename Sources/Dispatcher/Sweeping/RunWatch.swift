// SPDX-License-Identifier: Apache-2.0

import Model

/// What a sweeper has itself seen of one run, and what follows from it.
///
/// Pure. Durations are measured by this sweeper's own monotonic clock, from what it saw first to what it
/// sees now; the wall clock only says when to look and what to record.
struct RunWatch: Sendable {
    /// The moment of a look, on both clocks.
    struct Moment: Sendable {
        let now: Timestamp
        let elapsed: Duration
    }

    private struct Sight<Value: Equatable & Sendable>: Sendable {
        let value: Value
        let since: Duration
    }

    /// When it was last looked at.
    private(set) var lastLookAt: Duration = .zero
    /// Whether it was waiting then.
    private(set) var isWaiting = false
    private var waits = 0
    private var version: Int64?
    private var rung: Sight<AssignmentID>?
    private var lease: Sight<Lease>?
    private var overdue: Sight<String>?

    /// Decides what to do about the run as it was just read.
    ///
    /// While `isBrokerSuspect` there is no back-off for waiting runs, so that they go as soon as they can.
    mutating func look(
        at run: Run, _ moment: Moment, isBrokerSuspect: Bool, timing: PipelineTiming
    ) -> SweepDecision {
        lastLookAt = moment.elapsed
        isWaiting = run.status == .queued && run.assignment == nil
        guard let dueAt = run.dueAt, dueAt <= moment.now else { return .nothing }
        if run.status.isTerminal { return ended(run, moment, timing) }
        if let lease = run.lease { return held(run, lease, moment, timing) }
        if let assignment = run.assignment { return offered(assignment, moment, timing) }
        return waiting(run, moment, isBrokerSuspect, timing)
    }

    /// Whoever ended the run announces it as well: it is given the time to.
    private func ended(_ run: Run, _ moment: Moment, _ timing: PipelineTiming) -> SweepDecision {
        if let completedAt = run.completedAt, completedAt <= moment.now {
            let end = completedAt.advanced(by: timing.retryDelay)
            if moment.now < end { return .lookAgain(end) }
        }
        return .announce
    }

    private mutating func waiting(
        _ run: Run, _ moment: Moment, _ isBrokerSuspect: Bool, _ timing: PipelineTiming
    ) -> SweepDecision {
        if isBrokerSuspect || version != run.version { waits = 0 }
        version = run.version
        let delay = BackOff.delay(waits, timing: timing)
        waits += 1
        return .wake(lookAgain: moment.now.advanced(by: delay))
    }

    private mutating func offered(
        _ assignment: Assignment, _ moment: Moment, _ timing: PipelineTiming
    ) -> SweepDecision {
        guard let rung, rung.value == assignment.id else {
            rung = Sight(value: assignment.id, since: moment.elapsed)
            return .ringAgain(
                assignment, lookAgain: moment.now.advanced(by: timing.claimPatience))
        }
        let left = timing.claimPatience - (moment.elapsed - rung.since)
        return left <= .zero
            ? .takeBack(assignment) : .lookAgain(Self.time(left, after: moment))
    }

    private mutating func held(
        _ run: Run, _ lease: Lease, _ moment: Moment, _ timing: PipelineTiming
    ) -> SweepDecision {
        if self.lease?.value != lease {
            self.lease = Sight(value: lease, since: moment.elapsed)
        }
        let silent = moment.elapsed - (self.lease?.since ?? moment.elapsed)
        if silent >= timing.leaseTime { return .expire(lease) }
        var next = min(timing.leaseRenewalInterval, timing.leaseTime - silent)
        if let deadline = run.deadline, moment.now >= deadline {
            if overdue?.value != lease.token {
                overdue = Sight(value: lease.token, since: moment.elapsed)
            }
            let over = moment.elapsed - (overdue?.since ?? moment.elapsed)
            let isOverdue = moment.now >= deadline.advanced(by: timing.overrunPatience)
            if isOverdue, over >= timing.overrunPatience { return .overrun(lease) }
            if over < timing.overrunPatience { next = min(next, timing.overrunPatience - over) }
        } else {
            overdue = nil
        }
        return .lookAgain(Self.time(next, after: moment))
    }

    /// The wall clock's time so much later, a whole millisecond at least and never early.
    private static func time(_ delay: Duration, after moment: Moment) -> Timestamp {
        moment.now.advanced(by: delay + .milliseconds(1))
    }
}

extension RunWatch {
    /// Whether nothing was ever seen of a lease with this token.
    func isNew(_ lease: Lease) -> Bool { self.lease?.value.token != lease.token }
}
