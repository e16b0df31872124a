// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Records
import TestSupport

extension Generator where Value == Record {
    /// Makes records of every kind.
    static var record: Generator {
        .oneOf(
            pair.map { Record.runRequested($0, in: $1) }, pair.map { Record.runEnded($0, in: $1) },
            pair.map { Record.cancelRun($0, in: $1) },
            zip(.uuid(), .uuid(), .uuid(), .text(count: 1...40))
                .map { Record.runAssigned($0, in: $1, assignment: $2, workerID: $3) },
            Generator<WorkerHeartbeat>.heartbeat.map(Record.heartbeat),
            zip(Generator<ProgressEvent>.timelineEvent, .uuid())
                .map { Record.runProgressed($0, in: $1) })
    }

    private static var pair: Generator<(RunID, WorkspaceID)> { zip(.uuid(), .uuid()) }
}

extension Generator where Value == WorkerHeartbeat {
    /// Makes what workers may say of themselves.
    static var heartbeat: Generator {
        Generator { choices in
            WorkerHeartbeat(
                workerID: try choices.draw(.text(count: 1...40)),
                count: try choices.draw(.integer(in: 0...(.max))),
                slots: try choices.draw(.integer(in: 0...64)),
                freeSlots: try choices.draw(.integer(in: 0...64)),
                executorNames: try choices.draw(
                    Generator<String>.executorName.array(count: 0...4)),
                draining: try choices.draw(.boolean))
        }
    }
}

extension Generator where Value == ProgressEvent {
    /// Makes events, half of them changes to a true status and phase.
    static var timelineEvent: Generator {
        .oneOf(
            progressEvent,
            zip(progressEvent, Generator<RunStatus>.anyCase, Generator<RunPhase>.anyCase)
                .map { event, status, phase in
                    ProgressEvent(
                        runID: event.runID, sequenceNumber: event.sequenceNumber,
                        timestamp: event.timestamp, type: .statusChange, message: event.message,
                        data: [
                            "status": .string(status.rawValue), "phase": .string(phase.rawValue),
                        ])
                })
    }
}
