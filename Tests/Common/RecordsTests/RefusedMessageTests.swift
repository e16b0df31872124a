// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Records
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct RefusedMessageTests {
    private static let run = "01890a5d-ac96-774b-bcce-b302099a8057"
    private static let workspace = "01890a5d-ac96-774b-bcce-b302099a8058"

    private static func message(_ type: String, _ data: JSONValue) -> CloudEvent {
        CloudEvent(
            id: "1", source: "/tlao/intake", type: type, subject: nil,
            time: Timestamp(milliseconds: 0), data: data)
    }

    private func code(of message: CloudEvent, key: String = workspace) -> RecordError.Code? {
        do throws(RecordError) {
            _ = try Record(message, key: key)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: [
        "dev.tlao.run.requested.v2", "dev.tlao.run.paused.v1", "com.example.other", "",
        "dev.tlao.run.log.v1",
    ])
    func `a type of another version or of somebody else is unknown`(_ type: String) {
        let data: JSONValue = [
            "runId": .string(Self.run), "workspaceId": .string(Self.workspace),
        ]
        #expect(code(of: Self.message(type, data)) == .unknownType)
    }

    @Test(
        arguments: [
            ("dev.tlao.run.requested.v1", ["runId": .string(run)]),
            ("dev.tlao.run.requested.v1", ["runId": "../x", "workspaceId": .string(workspace)]),
            ("dev.tlao.run.ended.v1", ["workspaceId": .string(workspace)]),
            ("dev.tlao.run.cancel.v1", ["runId": 7, "workspaceId": .string(workspace)]),
            (
                "dev.tlao.run.assigned.v1",
                ["runId": .string(run), "workspaceId": .string(workspace)]
            ),
            ("dev.tlao.run.requested.v1", .null),
            ("dev.tlao.executor.heartbeat.v1", ["workerId": "w"]),
            ("dev.tlao.run.log.v1", ["sequenceNumber": 1]),
            ("dev.tlao.run.log.v1", ["sequenceNumber": "first", "runId": .string(run)]),
        ] as [(String, JSONValue)])
    func `data that is not of its type's form is malformed`(_ type: String, _ data: JSONValue) {
        #expect(code(of: Self.message(type, data)) == .malformed)
    }

    @Test func `an event whose key is no workspace is malformed`() {
        let event = Self.message(
            "dev.tlao.run.log.v1",
            [
                "runId": .string(Self.run), "sequenceNumber": 1,
                "timestamp": "1970-01-01T00:00:00.000Z", "type": "log", "message": "", "data": [:],
            ])
        #expect(code(of: event) == nil)
        #expect(code(of: event, key: "not-a-workspace") == .malformed)
    }

    @Test(arguments: [
        "", "{", "null", "[]", "{\"specversion\":\"1.0\"}",
        "{\"data\":{},\"id\":\"1\",\"source\":\"/x\",\"specversion\":\"2.0\","
            + "\"time\":\"1970-01-01T00:00:00.000Z\",\"type\":\"dev.tlao.run.requested.v1\"}",
    ])
    func `bytes that are no CloudEvent of version 1 are malformed`(_ text: String) {
        let error = #expect(throws: RecordError.self) {
            try Record(bytes: Array(text.utf8), key: Self.workspace)
        }
        #expect(error?.code == .malformed)
    }

    @Test func `no bytes trap, and no reason repeats them`() async {
        let secret = "hunter2"
        let generator = zip(
            Generator<Record>.record, Generator<Int>.integer(in: 0...10_000),
            Generator<UInt8>.integer)
        await checkProperty("Damaged messages", cases: 300, generator) { record, place, byte in
            let message = record.cloudEvent(
                id: secret, source: secret, time: Timestamp(milliseconds: 0))
            var bytes = try JSONText.bytes(message)
            bytes[place % bytes.count] = byte
            do throws(RecordError) {
                _ = try Record(bytes: bytes, key: record.key)
            } catch {
                try require(!error.reason.contains(secret), error.reason)
            }
        }
    }
}
