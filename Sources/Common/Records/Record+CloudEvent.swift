// SPDX-License-Identifier: Apache-2.0

public import Model

extension Record {
    /// The record as a message of `source` (a service's name).
    ///
    /// `id` is used where the record has no identity of its own; an event of a timeline has.
    public func cloudEvent(id: String, source: String, time: Timestamp) -> CloudEvent {
        CloudEvent(
            id: ownIdentity ?? id, source: "/tlao/\(source)", type: type, subject: subject,
            time: eventTime ?? time,
            data: document)
    }

    /// The type on the wire.
    public var type: String {
        switch self {
        case .runRequested: RecordType.runRequested
        case .runEnded: RecordType.runEnded
        case .runAssigned: RecordType.runAssigned
        case .cancelRun: RecordType.cancelRun
        case .heartbeat: RecordType.heartbeat
        case .runProgressed(let event, _): RecordType.progress(of: event)
        }
    }

    /// The message's key: what keeps order among messages with the same one.
    public var key: String {
        switch self {
        case .runRequested(_, let workspace), .runEnded(_, let workspace),
            .cancelRun(_, let workspace),
            .runProgressed(_, let workspace):
            workspace.text
        case .runAssigned(let run, _, _, _): run.text
        case .heartbeat(let heartbeat): heartbeat.workerID
        }
    }

    private var subject: String {
        switch self {
        case .runRequested(let run, _), .runEnded(let run, _), .runAssigned(let run, _, _, _),
            .cancelRun(let run, _):
            run.text
        case .heartbeat(let heartbeat): heartbeat.workerID
        case .runProgressed(let event, _): event.runID.text
        }
    }

    private var ownIdentity: String? {
        guard case .runProgressed(let event, _) = self else { return nil }
        return "\(event.runID)/\(event.sequenceNumber)"
    }

    private var eventTime: Timestamp? {
        guard case .runProgressed(let event, _) = self else { return nil }
        return event.timestamp
    }

    private var document: JSONValue {
        switch self {
        case .runRequested(let run, let workspace), .runEnded(let run, let workspace),
            .cancelRun(let run, let workspace):
            ["runId": .string(run.text), "workspaceId": .string(workspace.text)]
        case .runAssigned(let run, let workspace, let assignment, let worker):
            [
                "runId": .string(run.text), "workspaceId": .string(workspace.text),
                "assignmentId": .string(assignment.text), "workerId": .string(worker),
            ]
        case .heartbeat(let heartbeat):
            [
                "workerId": .string(heartbeat.workerID), "count": .integer(heartbeat.count),
                "slots": .integer(Int64(heartbeat.slots)),
                "freeSlots": .integer(Int64(heartbeat.freeSlots)),
                "executorNames": .array(heartbeat.executorNames.map { .string($0) }),
                "draining": .boolean(heartbeat.draining),
            ]
        case .runProgressed(let event, _):
            [
                "runId": .string(event.runID.text),
                "sequenceNumber": .integer(event.sequenceNumber),
                "timestamp": .string(event.timestamp.description),
                "type": .string(event.type.rawValue),
                "message": .string(event.message), "data": .object(event.data),
            ]
        }
    }
}
