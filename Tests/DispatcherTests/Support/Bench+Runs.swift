// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories
import Seams
import TestSupport
import Testing

@testable import Dispatcher

extension Bench {
    /// A new identifier of a workspace; it needs no row.
    func newWorkspace() -> WorkspaceID { identifiers.next() }

    /// Accepts a run, as Intake does, without saying so.
    func accept(
        in workspace: WorkspaceID, priority: Int = 5, requesting executor: String? = nil,
        taskType: TaskType = .codeChange, timeLimit: Int = 60
    ) async throws -> RunID {
        let run = Run(
            id: identifiers.next(), taskID: identifiers.next(), workspaceID: workspace,
            taskType: taskType, title: "Change it", requestedExecutor: executor,
            priority: priority, timeLimitSeconds: timeLimit, createdAt: time.now)
        let creation = try await runs.create(
            RunLifecycle.create(run, at: time.now), dailyQuota: 10_000)
        try #require(creation == .created)
        return run.id
    }

    /// Accepts a run and lets the dispatcher hear of it.
    func submit(
        in workspace: WorkspaceID, priority: Int = 5, requesting executor: String? = nil,
        taskType: TaskType = .codeChange, timeLimit: Int = 60
    ) async throws -> RunID {
        let id = try await accept(
            in: workspace, priority: priority, requesting: executor, taskType: taskType,
            timeLimit: timeLimit)
        await hear(.runRequested(id, in: workspace))
        return id
    }

    /// Reads a run that must be there.
    func run(_ id: RunID) async throws -> Run { try #require(try await runs.run(id)) }

    /// Applies a command and stores the outcome, as a worker or Intake does.
    @discardableResult
    func apply(_ command: RunCommand, to id: RunID) async throws -> Run {
        let transition = try RunLifecycle.apply(command, to: try await run(id), at: time.now)
        let commit = try await runs.store(transition)
        try #require(commit == .committed)
        return transition.after
    }

    /// Claims an assigned run, as its worker does.
    @discardableResult
    func claim(_ id: RunID, token: String = "token") async throws -> Run {
        let assignment = try #require(try await run(id).assignment)
        return try await apply(
            .claim(assignment.id, Lease(token: token, owner: assignment.workerID)), to: id)
    }

    /// Ends a claimed run as completed, as its worker does, without saying so.
    @discardableResult
    func finish(_ id: RunID, token: String = "token") async throws -> Run {
        let sequence = try await runs.lastSequence(of: id)
        return try await apply(
            .finish(token: token, RunOutcome(end: .completed), lastSequence: sequence), to: id)
    }

    /// Lets a worker be heard; `count` must rise.
    func heartbeat(
        _ worker: String = "w", count: Int64, slots: Int = 8, free: Int = 8,
        executors: [String] = ["kiro"]
    ) async {
        await hear(
            .heartbeat(
                WorkerHeartbeat(
                    workerID: worker, count: count, slots: slots, freeSlots: free,
                    executorNames: executors)))
    }

    /// The runs that were offered to workers so far, in order.
    var offered: [RunID] {
        publisher.published.compactMap {
            guard case .runAssigned(let run, _, _, _) = $0.record else { return nil }
            return run
        }
    }

    /// The terminal events said and acknowledged so far, in order.
    var announced: [ProgressEvent] {
        publisher.published.compactMap {
            guard $0.isAcknowledged, case .runProgressed(let event, _) = $0.record else {
                return nil
            }
            return event
        }
    }
}
