// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import ServiceRuntime
import Synchronization

/// Says the terminal events of ended runs until Kafka has acknowledged them; then the run leaves the
/// sweepers' sight.
///
/// Safe from any task.
final class Announcer: Sendable {
    private struct Unacknowledged: Error, CustomStringConvertible {
        var description: String { "the terminal event was not acknowledged in time" }
    }

    private struct MissingStep: Error, CustomStringConvertible {
        var description: String { "the timeline has no terminal event" }
    }

    private let runs: RunStore
    private let publisher: any RecordPublisher
    private let memory: SweepMemory
    private let time: any TimeSource
    private let patience: Duration
    private let limit: Int
    private let failures: FailureLog
    private let inFlight = Mutex<Set<RunID>>([])

    /// Creates an announcer that waits for the acknowledgements of at most `limit` runs at once, for
    /// `patience` each.
    init(
        runs: RunStore, publisher: any RecordPublisher, memory: SweepMemory,
        time: any TimeSource, patience: Duration, limit: Int, failures: FailureLog
    ) {
        self.runs = runs
        self.publisher = publisher
        self.memory = memory
        self.time = time
        self.patience = patience
        self.limit = max(1, limit)
        self.failures = failures
    }

    /// Takes a place for a run's announcement; false when it has one, or all are taken.
    func begin(_ run: RunID) -> Bool {
        inFlight.withLock { $0.count < limit && $0.insert(run).inserted }
    }

    /// Announces a run for which ``begin(_:)`` took a place, and gives the place back.
    ///
    /// What fails is tried again by a later sweep, with back-off.
    func announce(_ run: Run) async {
        do {
            let event = try await terminalEvent(of: run)
            try await say(.runProgressed(event, in: run.workspaceID))
            _ = try await runs.announced(run.id, in: run.workspaceID)
            publisher.publish(.runEnded(run.id, in: run.workspaceID), on: .runRequests)
            memory.forget(run.id)
            failures.succeeded("announce")
        } catch {
            await postpone(run, error)
        }
        inFlight.withLock { _ = $0.remove(run.id) }
    }

    private func terminalEvent(of run: Run) async throws -> ProgressEvent {
        let steps = try await runs.steps(of: run.id, after: run.lastSequence - 1, limit: 1)
        guard let event = steps.last?.event, event.isTerminal else { throw MissingStep() }
        return event
    }

    /// Waits for the acknowledgement, but not for longer than it is worth: Kafka may be dead.
    private func say(_ record: Record) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [publisher] in
                try await publisher.publishAcknowledged(record, on: .runEvents)
            }
            group.addTask { [time, patience] in
                try await time.sleep(for: patience)
                throw Unacknowledged()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func postpone(_ run: Run, _ error: any Error) async {
        guard !Task.isCancelled else { return }
        let metadata: Logger.Metadata = [
            LogKeys.runID: "\(run.id)", LogKeys.workspaceID: "\(run.workspaceID)",
        ]
        failures.failed("announce", error, metadata)
        let delay = memory.failed(run.id, at: time.elapsed).delay
        do {
            _ = try await runs.lookAgain(at: run, when: time.now.advanced(by: delay))
        } catch {
            failures.failed("announce", error, metadata)
        }
    }
}
