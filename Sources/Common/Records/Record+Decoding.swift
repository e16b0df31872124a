// SPDX-License-Identifier: Apache-2.0

import Model

extension Record {
    /// Reads the record that a message carries.
    ///
    /// The workspace of a timeline's event isn't in its data; it is the message's `key`.
    ///
    /// - Throws: ``RecordError`` when the type is unknown, or the data is not of the type's form.
    public init(_ message: CloudEvent, key: String) throws(RecordError) {
        // An event of a timeline and a bell may have one type: `run.assigned` is both. Only the event
        // has a place in a timeline.
        if message.data["sequenceNumber"] != nil, RecordType.progressTypes.contains(message.type) {
            self = try Self.progress(message, key: key)
            return
        }
        switch message.type {
        case RecordType.runRequested:
            self = .runRequested(try Self.run(message), in: try Self.workspace(message))
        case RecordType.runEnded:
            self = .runEnded(try Self.run(message), in: try Self.workspace(message))
        case RecordType.cancelRun:
            self = .cancelRun(try Self.run(message), in: try Self.workspace(message))
        case RecordType.runAssigned:
            self = .runAssigned(
                try Self.run(message), in: try Self.workspace(message),
                assignment: try Self.identifier(message, "assignmentId"),
                workerID: try Self.text(message, "workerId"))
        case RecordType.heartbeat: self = .heartbeat(try Self.decoded(message))
        default: throw RecordError(.unknownType, "the type is not one of this version")
        }
    }

    /// Reads the record from a message's bytes.
    ///
    /// - Throws: ``RecordError``, as ``init(_:key:)``, or `malformed` when the bytes are no
    ///   CloudEvent.
    public init(bytes: [UInt8], key: String) throws(RecordError) {
        let message: CloudEvent
        do {
            message = try JSONText.decode(CloudEvent.self, from: bytes)
        } catch {
            throw RecordError(.malformed, "the value is not a CloudEvent in JSON", cause: error)
        }
        try self.init(message, key: key)
    }

    private static func progress(_ message: CloudEvent, key: String) throws(RecordError) -> Record {
        guard let workspace = WorkspaceID(validating: key) else {
            throw RecordError(.malformed, "the key is not a workspace")
        }
        return .runProgressed(try decoded(message), in: workspace)
    }

    private static func run(_ message: CloudEvent) throws(RecordError) -> RunID {
        try identifier(message, "runId")
    }

    private static func workspace(_ message: CloudEvent) throws(RecordError) -> WorkspaceID {
        try identifier(message, "workspaceId")
    }

    private static func identifier<Entity>(
        _ message: CloudEvent, _ name: String
    ) throws(RecordError) -> Identifier<Entity> {
        guard let identifier = Identifier<Entity>(validating: try text(message, name)) else {
            throw RecordError(.malformed, "member \(name) is not an identifier")
        }
        return identifier
    }

    private static func text(_ message: CloudEvent, _ name: String) throws(RecordError) -> String {
        guard let text = message.data[name]?.text else {
            throw RecordError(.malformed, "member \(name) is missing")
        }
        return text
    }

    private static func decoded<Value: Decodable>(_ message: CloudEvent) throws(RecordError)
        -> Value
    {
        do {
            return try JSONText.decode(Value.self, from: try JSONText.bytes(message.data))
        } catch {
            throw RecordError(.malformed, "the data is not of its type's form", cause: error)
        }
    }
}
