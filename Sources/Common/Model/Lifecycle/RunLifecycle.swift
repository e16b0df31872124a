// SPDX-License-Identifier: Apache-2.0

/// The rules of a run's life: which command may follow what, and what it makes of the run.
///
/// Pure: a run, a command and the time in; a transition or a refusal out. Whoever stores a
/// transition does so on the condition that the run is still at the version it was decided from.
public enum RunLifecycle {
    /// Accepts a new run.
    public static func create(
        _ run: Run, at now: Timestamp, timing: PipelineTiming = PipelineTiming()
    ) -> RunTransition {
        var after = run
        after.dueAt = now.advanced(by: timing.retryDelay)
        return transition(nil, after, [Draft(.queued, .queued, "Queued")], queue: .enter, at: now)
    }

    /// Carries out a command.
    ///
    /// - Throws: ``RunRefusal`` when the run's state doesn't allow it; nothing changes then.
    public static func apply(
        _ command: RunCommand, to run: Run, at now: Timestamp,
        timing: PipelineTiming = PipelineTiming()
    ) throws(RunRefusal) -> RunTransition {
        guard !run.status.isTerminal else { throw .ended(run.status) }
        switch command {
        case .assign(let assignment): return try assign(assignment, run, now, timing)
        case .takeBack(let id, let reason): return try takeBack(id, reason, run, now, timing)
        case .claim(let id, let lease): return try claim(id, lease, run, now)
        case .renew(let token, let sequence): return try renew(token, sequence, run, now)
        case .finish(let token, let outcome, let sequence):
            return try finish(token, outcome, sequence, run, now)
        case .expire(let token, let renewals, let sequence, let artifacts):
            return try expire(token, renewals, sequence, artifacts, run, now)
        case .overrun(let token, let sequence, let artifacts):
            return try overrun(token, sequence, artifacts, run, now, timing)
        case .requestCancel: return try requestCancel(run, now)
        case .wait(let reason): return try wait(reason, run, now)
        }
    }
}

// MARK: - Before execution

extension RunLifecycle {
    private static func assign(
        _ assignment: Assignment, _ run: Run, _ now: Timestamp, _ timing: PipelineTiming
    ) throws(RunRefusal) -> RunTransition {
        guard run.status == .queued, run.assignment == nil else { throw .notWaiting }
        var after = run
        after.assignment = assignment
        after.executorName = assignment.executorName
        after.phase = .assigned
        after.waitingReason = .starting
        after.dueAt = now.advanced(by: timing.claimPatience)
        let draft = Draft(
            .queued, .assigned, "Assigned to a worker of executor \(assignment.executorName)",
            [
                "executorName": .string(assignment.executorName),
                "workerId": .string(assignment.workerID),
            ])
        return transition(run, after, [draft], slot: .take, queue: .leave, at: now)
    }

    private static func takeBack(
        _ id: AssignmentID, _ reason: WaitingReason, _ run: Run, _ now: Timestamp,
        _ timing: PipelineTiming
    ) throws(RunRefusal) -> RunTransition {
        guard run.status == .queued, run.assignment?.id == id else { throw .notAssigned }
        var after = run
        after.assignment = nil
        after.executorName = nil
        after.phase = .queued
        after.waitingReason = reason
        after.dueAt = now.advanced(by: timing.retryDelay)
        return transition(
            run, after, [Draft(.queued, .queued, "Back in the queue")], slot: .free, queue: .enter,
            at: now)
    }

    private static func claim(
        _ id: AssignmentID, _ lease: Lease, _ run: Run, _ now: Timestamp
    ) throws(RunRefusal) -> RunTransition {
        guard run.status == .queued, run.assignment?.id == id else { throw .notAssigned }
        var after = run
        after.status = .running
        after.phase = .preparing
        after.waitingReason = nil
        after.lease = lease
        after.startedAt = now
        return transition(
            run, after, [Draft(.running, .preparing, "Preparing the workspace")], at: now)
    }

    private static func wait(
        _ reason: WaitingReason, _ run: Run, _ now: Timestamp
    ) throws(RunRefusal) -> RunTransition {
        guard run.status == .queued, run.assignment == nil else { throw .notWaiting }
        guard run.waitingReason != reason else { throw .unchanged }
        var after = run
        after.waitingReason = reason
        return transition(run, after, [], at: now)
    }
}

// MARK: - Execution and end

extension RunLifecycle {
    private static func renew(
        _ token: String, _ lastSequence: Int64, _ run: Run, _ now: Timestamp
    ) throws(RunRefusal) -> RunTransition {
        guard run.status == .running, var lease = run.lease, lease.token == token else {
            throw .notHeld
        }
        lease.renewals += 1
        var after = run
        after.lease = lease
        after.lastSequence = max(run.lastSequence, lastSequence)
        return transition(run, after, [], at: now)
    }

    private static func finish(
        _ token: String, _ outcome: RunOutcome, _ lastSequence: Int64, _ run: Run, _ now: Timestamp
    ) throws(RunRefusal) -> RunTransition {
        guard run.status == .running, run.lease?.token == token else { throw .notHeld }
        var after = run
        after.artifactIDs = outcome.artifactIDs
        after.logArtifactID = outcome.logArtifactID
        after.logsTruncated = outcome.logsTruncated
        after.warnings = outcome.warnings
        after.usage = outcome.usage
        after.lastSequence = max(run.lastSequence, lastSequence)
        return end(run, after, outcome.end, now)
    }

    private static func expire(
        _ token: String, _ renewals: Int64, _ lastSequence: Int64, _ artifacts: [ArtifactID],
        _ run: Run, _ now: Timestamp
    ) throws(RunRefusal) -> RunTransition {
        guard run.status == .running, run.lease?.token == token, run.lease?.renewals == renewals
        else { throw .notHeld }
        var after = run
        after.lastSequence = max(run.lastSequence, lastSequence)
        after.artifactIDs = artifacts
        if run.cancelRequestedAt != nil { return end(run, after, .cancelled, now) }
        if let deadline = run.deadline, now > deadline { return end(run, after, .timedOut, now) }
        let failure = RunFailure(
            code: .executorLost,
            message: "The worker that executed this run was lost. Retry makes a new run.")
        return end(run, after, .failed(failure), now)
    }

    private static func overrun(
        _ token: String, _ lastSequence: Int64, _ artifacts: [ArtifactID], _ run: Run,
        _ now: Timestamp, _ timing: PipelineTiming
    ) throws(RunRefusal) -> RunTransition {
        guard run.status == .running, run.lease?.token == token, let deadline = run.deadline else {
            throw .notHeld
        }
        guard now >= deadline.advanced(by: timing.overrunPatience) else { throw .notOverdue }
        var after = run
        after.lastSequence = max(run.lastSequence, lastSequence)
        after.artifactIDs = artifacts
        return end(run, after, run.cancelRequestedAt == nil ? .timedOut : .cancelled, now)
    }

    private static func requestCancel(_ run: Run, _ now: Timestamp) throws(RunRefusal)
        -> RunTransition
    {
        guard run.cancelRequestedAt == nil else { throw .unchanged }
        var after = run
        after.cancelRequestedAt = now
        guard run.status == .queued else { return transition(run, after, [], at: now) }
        return end(run, after, .cancelled, now)
    }

    private static func end(
        _ before: Run, _ ended: Run, _ end: RunOutcome.End, _ now: Timestamp
    ) -> RunTransition {
        var after = ended
        after.phase = .ended
        after.waitingReason = nil
        after.assignment = nil
        after.lease = nil
        after.completedAt = now
        var drafts: [Draft] = []
        switch end {
        case .completed: after.status = .completed
        case .timedOut: after.status = .timedOut
        case .cancelled: after.status = .cancelled
        case .failed(let failure):
            after.status = .failed
            after.failure = failure
            drafts.append(Draft(error: failure))
        }
        drafts.append(
            Draft(after.status, .ended, Self.words(for: end, limit: before.timeLimitSeconds)))
        let waited = before.status == .queued && before.assignment == nil
        return transition(
            before, after, drafts, slot: waited ? .none : .free, queue: waited ? .leave : .none,
            at: now)
    }

    private static func words(for end: RunOutcome.End, limit: Int) -> String {
        switch end {
        case .completed: "Completed"
        case .failed(let failure): "Failed: \(failure.code.rawValue)"
        case .timedOut: "Timed out after \(limit) seconds"
        case .cancelled: "Cancelled"
        }
    }
}

// MARK: - Events

extension RunLifecycle {
    /// An event before it has its number.
    private struct Draft {
        let type: ProgressEvent.Kind
        let message: String
        let data: [String: JSONValue]

        init(
            _ status: RunStatus, _ phase: RunPhase, _ message: String,
            _ more: [String: JSONValue] = [:]
        ) {
            type = .statusChange
            self.message = message
            let state: [String: JSONValue] = [
                "status": .string(status.rawValue), "phase": .string(phase.rawValue),
            ]
            data = state.merging(more) { state, _ in state }
        }

        init(error failure: RunFailure) {
            type = .runError
            message = failure.message
            data = ["code": .string(failure.code.rawValue)]
        }
    }

    private static func transition(
        _ before: Run?, _ changed: Run, _ drafts: [Draft], slot: RunTransition.SlotEffect = .none,
        queue: RunTransition.QueueEffect = .none, at now: Timestamp
    ) -> RunTransition {
        var after = changed
        after.version = (before?.version ?? 0) + 1
        var events: [ProgressEvent] = []
        for draft in drafts {
            after.lastSequence += 1
            events.append(
                ProgressEvent(
                    runID: after.id, sequenceNumber: after.lastSequence, timestamp: now,
                    type: draft.type,
                    message: draft.message, data: draft.data))
        }
        return RunTransition(before: before, after: after, events: events, slot: slot, queue: queue)
    }
}
