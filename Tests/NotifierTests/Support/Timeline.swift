// SPDX-License-Identifier: Apache-2.0

import Model
import Repositories
import Seams
import Synchronization
import TestSupport

/// A run that a test lives through, step by step, in the table.
final class Timeline: Sendable {
    private static let token = "lease"

    private struct State {
        var run: Run
        var events: [ProgressEvent]
    }

    private let scene: NotifierScene
    private let state: Mutex<State>

    private init(_ scene: NotifierScene, _ transition: RunTransition) {
        self.scene = scene
        state = Mutex(State(run: transition.after, events: transition.events))
    }

    /// A run that was claimed: three events.
    static func running(in scene: NotifierScene) async throws -> Timeline {
        let run = Run(
            id: scene.identifiers.next(), taskID: scene.identifiers.next(),
            workspaceID: scene.workspace.id, taskType: .codeChange, title: "A run",
            timeLimitSeconds: 60, createdAt: scene.time.now)
        let creation = RunLifecycle.create(run, at: scene.time.now)
        _ = try await scene.runs.create(creation, dailyQuota: 100_000)
        let timeline = Timeline(scene, creation)
        let assignment = Assignment(
            id: scene.identifiers.next(), executorName: "demo", workerID: "worker",
            topic: "run.assignments")
        try await timeline.apply(.assign(assignment))
        try await timeline.apply(
            .claim(assignment.id, Lease(token: token, owner: "worker", renewals: 0)))
        return timeline
    }

    /// A run that was claimed, wrote so many lines and ended: four events more than lines.
    static func ended(lines: Int, in scene: NotifierScene) async throws -> Timeline {
        let timeline = try await running(in: scene)
        for line in 0..<lines { try await timeline.log("line \(line)\n") }
        try await timeline.end()
        return timeline
    }

    /// The run's identifier.
    var id: String { state.withLock { $0.run.id.text } }

    /// All its events so far.
    var events: [ProgressEvent] { state.withLock { $0.events } }

    /// The number of its last event.
    var last: Int64 { events.last?.sequenceNumber ?? 0 }

    /// Has the agent write something.
    @discardableResult
    func log(_ text: String) async throws -> ProgressEvent {
        let event = ProgressEvent(
            runID: state.withLock { $0.run.id }, sequenceNumber: last + 1,
            timestamp: scene.time.now, type: .log, message: text, data: ["stream": "stdout"])
        _ = try await scene.runs.append(RunStep(event: event, writer: Self.token))
        state.withLock { $0.events.append(event) }
        return event
    }

    /// Has the agent finish; answers the terminal event.
    @discardableResult
    func end() async throws -> ProgressEvent {
        let outcome = RunOutcome(end: .completed)
        try await apply(.finish(token: Self.token, outcome, lastSequence: last))
        return events[events.count - 1]
    }

    private func apply(_ command: RunCommand) async throws {
        let run = state.withLock { $0.run }
        let transition = try RunLifecycle.apply(command, to: run, at: scene.time.now)
        _ = try await scene.runs.store(transition, concurrencyLimit: 100_000)
        state.withLock { state in
            state.run = transition.after
            state.events += transition.events
        }
    }
}
