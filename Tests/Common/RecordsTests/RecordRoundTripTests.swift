// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Records
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct RecordRoundTripTests {
    private static let moment = Timestamp(milliseconds: 1_700_000_000_123)

    @Test func `a record that is said is heard as it was`() async {
        await checkProperty("A record survives its message", cases: 500, .record) { record in
            let message = record.cloudEvent(
                id: "some-id", source: "intake", time: Self.moment)
            let bytes = try JSONText.bytes(message)
            try requireEqual(try Record(bytes: bytes, key: record.key), record)
            try requireEqual(try JSONText.decode(CloudEvent.self, from: bytes), message)
        }
    }

    @Test func `a message is a CloudEvent in structured mode`() async {
        let generator = zip(Generator<Record>.record, Generator<String>.text(count: 1...40))
        await checkProperty("A message has what CloudEvents 1.0 asks for", generator) {
            record, id in
            let message = record.cloudEvent(id: id, source: "executor", time: Self.moment)
            let json = try JSONText.decode(JSONValue.self, from: try JSONText.bytes(message))
            try requireEqual(json["specversion"], "1.0")
            try requireEqual(json["datacontenttype"], "application/json")
            try requireEqual(json["source"], "/tlao/executor")
            try requireEqual(json["type"], .string(record.type))
            try require(record.type.hasPrefix("dev.tlao.") && record.type.hasSuffix(".v1"))
            guard case .runProgressed(let event, _) = record else {
                try requireEqual(json["id"], .string(id))
                return try requireEqual(json["time"], .string(Self.moment.description))
            }
            try requireEqual(json["id"], .string("\(event.runID)/\(event.sequenceNumber)"))
            try requireEqual(json["subject"], .string(event.runID.text))
            try requireEqual(json["time"], .string(event.timestamp.description))
            let streamed = try JSONText.decode(JSONValue.self, from: try JSONText.bytes(event))
            try requireEqual(json["data"], streamed, "The data is not the stream's.")
        }
    }

    @Test func `what is said of a run goes to the key that keeps it in order`() async {
        await checkProperty("Keys", .record) { record in
            switch record {
            case .runRequested(_, let workspace), .runEnded(_, let workspace),
                .cancelRun(_, let workspace), .runProgressed(_, let workspace):
                try requireEqual(record.key, workspace.text)
            case .runAssigned(let run, _, _, _): try requireEqual(record.key, run.text)
            case .heartbeat(let heartbeat): try requireEqual(record.key, heartbeat.workerID)
            }
        }
    }
}
