// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import ServiceRuntime
import Storage
import Synchronization

/// Writes the timeline of a run that is held: one step after the other, each with the next number.
///
/// A step is published only once its row is certain. The first sign that somebody else wrote on
/// means that the hold is lost: the run is stopped and nothing more is written.
final class TimelineWriter: Sendable {
    private let run: Run
    private let token: String
    private let control: RunControl
    private let dependencies: ExecutorDependencies
    private let logger: Logger
    private let gate = SerialGate()
    private let last: Mutex<Int64>

    /// The longest pause before a step is tried again that the table did not take.
    private static let pauseLimit: Duration = .seconds(1)

    init(_ claim: RunClaim, dependencies: ExecutorDependencies, logger: Logger) {
        run = claim.run
        token = claim.token
        control = claim.control
        self.dependencies = dependencies
        self.logger = logger
        last = Mutex(claim.run.lastSequence)
    }

    /// The number of the last step that stands in the table.
    var lastSequence: Int64 { last.withLock { $0 } }

    /// Writes and publishes a step, and returns when it stands in the table.
    ///
    /// A table that can't be reached is tried again for as long as the run is held.
    ///
    /// - Throws: ``RunStopped`` when the run is not held any more; the step may or may not be
    ///   there.
    func write(
        _ type: ProgressEvent.Kind, _ message: String, _ data: [String: JSONValue] = [:]
    ) async throws {
        try await gate.pass {
            let event = ProgressEvent(
                runID: run.id, sequenceNumber: lastSequence + 1, timestamp: dependencies.time.now,
                type: type, message: message, data: data)
            try await append(RunStep(event: event, writer: token))
            last.withLock { $0 = event.sequenceNumber }
            dependencies.publisher.publish(
                .runProgressed(event, in: run.workspaceID), on: .runEvents)
        }
    }

    /// Says that the execution came to another phase.
    func enter(_ phase: RunPhase, _ message: String) async throws {
        try await write(
            .statusChange, message,
            [
                "status": .string(RunStatus.running.rawValue),
                "phase": .string(phase.rawValue),
            ])
    }

    private func append(_ step: RunStep) async throws {
        var pause: Duration = .milliseconds(50)
        while !control.isLost, !Task.isCancelled {
            do {
                switch try await dependencies.runs.append(step) {
                case .written: return
                case .fenced:
                    logger.warning(
                        "Somebody else wrote the timeline on",
                        metadata: [LogKeys.operation: "append-step"])
                    control.stop(.lost)
                    throw RunStopped()
                }
            } catch let error as TableError {
                guard error.code != .invalidRequest else { throw error }
                logger.warning(
                    "Step could not be written",
                    metadata: [LogKeys.operation: "append-step", LogKeys.error: "\(error)"])
            }
            await dependencies.time.pause(for: dependencies.random.part(of: pause))
            pause = min(pause * 2, Self.pauseLimit)
        }
        throw RunStopped()
    }
}
