// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Testing

@Suite(.timeLimit(.minutes(1))) struct RecordTypeTests {
    private static let run = RunID("01890a5d-ac96-774b-bcce-b302099a8057")
    private static let workspace = WorkspaceID("01890a5d-ac96-774b-bcce-b302099a8058")
    private static let assignment = AssignmentID("01890a5d-ac96-774b-bcce-b302099a8059")
    private static let moment = Timestamp(milliseconds: 0)

    private static func event(
        _ type: ProgressEvent.Kind, _ data: [String: JSONValue] = [:]
    ) -> Record {
        .runProgressed(
            ProgressEvent(
                runID: run, sequenceNumber: 2, timestamp: moment, type: type, message: "",
                data: data),
            in: workspace)
    }

    @Test(arguments: [
        (Record.runRequested(run, in: workspace), "dev.tlao.run.requested.v1"),
        (.runEnded(run, in: workspace), "dev.tlao.run.ended.v1"),
        (
            .runAssigned(run, in: workspace, assignment: assignment, workerID: "w"),
            "dev.tlao.run.assigned.v1"
        ),
        (.cancelRun(run, in: workspace), "dev.tlao.run.cancel.v1"),
        (
            .heartbeat(
                WorkerHeartbeat(
                    workerID: "w", count: 1, slots: 1, freeSlots: 1, executorNames: [])),
            "dev.tlao.executor.heartbeat.v1"
        ),
        (event(.statusChange, ["status": "queued", "phase": "queued"]), "dev.tlao.run.queued.v1"),
        (
            event(.statusChange, ["status": "queued", "phase": "assigned"]),
            "dev.tlao.run.assigned.v1"
        ),
        (
            event(.statusChange, ["status": "running", "phase": "collecting"]),
            "dev.tlao.run.running.v1"
        ),
        (
            event(.statusChange, ["status": "completed", "phase": "ended"]),
            "dev.tlao.run.completed.v1"
        ),
        (event(.statusChange, ["status": "failed", "phase": "ended"]), "dev.tlao.run.failed.v1"),
        (
            event(.statusChange, ["status": "timed_out", "phase": "ended"]),
            "dev.tlao.run.timed_out.v1"
        ),
        (
            event(.statusChange, ["status": "cancelled", "phase": "ended"]),
            "dev.tlao.run.cancelled.v1"
        ),
        (event(.log), "dev.tlao.run.log.v1"),
        (event(.artifactReady), "dev.tlao.run.artifact_ready.v1"),
        (event(.runError), "dev.tlao.run.error.v1"),
    ])
    func `a record has the type that others know it by`(_ record: Record, _ type: String) {
        #expect(record.type == type)
    }

    @Test func `the topics have the names that others know them by`() {
        #expect(
            Topic.all.map(\.description) == [
                "run.requests", "run.assignments", "run.control", "run.events",
                "executor.heartbeats", "dead-letters",
            ])
    }

    @Test func `the bell of an assignment and the event of it are told apart`() throws {
        let bell = Record.runAssigned(
            Self.run, in: Self.workspace, assignment: Self.assignment, workerID: "w")
        let event = Self.event(.statusChange, ["status": "queued", "phase": "assigned"])
        #expect(bell.type == event.type)
        for record in [bell, event] {
            let message = record.cloudEvent(id: "1", source: "dispatcher", time: Self.moment)
            #expect(try Record(message, key: record.key) == record)
        }
    }
}
