// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import ServiceRuntime

/// What a sweeper changes about runs in place of the worker that should have: takes back an offer,
/// ends a run.
struct RunEnding: Sendable {
    let runs: RunStore
    let publisher: any RecordPublisher
    let time: any TimeSource
    let timing: PipelineTiming
    let logger: Logger

    /// Takes an offer back; answers whether it was this call that did.
    func takeBack(
        _ assignment: Assignment, of run: Run, because reason: WaitingReason
    ) async throws -> Bool {
        let command = RunCommand.takeBack(assignment.id, because: reason)
        guard let transition = try await store(command, on: run) else { return false }
        tell(transition.events, in: run.workspaceID)
        logger.info(
            "Run taken back from a worker that did not claim it",
            metadata: [
                LogKeys.runID: "\(run.id)", LogKeys.workspaceID: "\(run.workspaceID)",
                LogKeys.assignmentID: "\(assignment.id)",
                LogKeys.workerID: "\(assignment.workerID)",
            ])
        return true
    }

    /// Ends the run of a holder that fell silent; answers the ended run, nil when its holder or
    /// somebody else was faster.
    func expire(_ lease: Lease, of run: Run) async throws -> Run? {
        let (sequence, artifacts) = try await traces(of: run)
        return try await end(
            run,
            .expire(
                token: lease.token, renewals: lease.renewals, lastSequence: sequence,
                artifactIDs: artifacts))
    }

    /// Ends the run of a holder that lets its deadline pass; otherwise as ``expire(_:of:)``.
    func overrun(_ lease: Lease, of run: Run) async throws -> Run? {
        let (sequence, artifacts) = try await traces(of: run)
        return try await end(
            run,
            .overrun(token: lease.token, lastSequence: sequence, artifactIDs: artifacts))
    }

    /// What the holder left: how far its timeline came, and what it recorded as produced.
    private func traces(of run: Run) async throws -> (Int64, [ArtifactID]) {
        async let sequence = runs.lastSequence(of: run.id)
        async let artifacts = runs.artifactIDs(of: run.id)
        return try await (sequence, artifacts)
    }

    private func end(_ run: Run, _ command: RunCommand) async throws -> Run? {
        guard let transition = try await store(command, on: run) else { return nil }
        // The terminal event is announced until it is acknowledged; the others are only said.
        tell(transition.events.dropLast(), in: run.workspaceID)
        publisher.publish(.runEnded(run.id, in: run.workspaceID), on: .runRequests)
        logger.info(
            "Run ended in place of its worker",
            metadata: [
                LogKeys.runID: "\(run.id)", LogKeys.workspaceID: "\(run.workspaceID)",
                LogKeys.status: "\(transition.after.status.rawValue)",
                LogKeys.workerID: "\(run.lease?.owner ?? "")",
            ])
        return transition.after
    }

    /// Applies and stores a command; nil when the run isn't as it was read, so that the next sweep
    /// decides again.
    private func store(_ command: RunCommand, on run: Run) async throws -> RunTransition? {
        let transition: RunTransition
        do {
            transition = try RunLifecycle.apply(command, to: run, at: time.now, timing: timing)
        } catch {
            return nil
        }
        let commit = try await runs.store(transition)
        return commit == .committed ? transition : nil
    }

    private func tell(_ events: some Sequence<ProgressEvent>, in workspace: WorkspaceID) {
        for event in events {
            publisher.publish(.runProgressed(event, in: workspace), on: .runEvents)
        }
    }
}
