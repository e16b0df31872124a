// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport

/// A run's timeline, and how a server writes it on a stream.
struct EventStream: Sendable {
    let events: [ProgressEvent]

    var run: RunID { events[0].runID }

    /// The bytes of all events after a sequence number.
    func bytes(after sequence: Int64) throws -> [UInt8] {
        try events.filter { $0.sequenceNumber > sequence }.flatMap { event in
            let data = try JSONText.string(event)
            return Array(
                "id: \(event.sequenceNumber)\nevent: \(event.type.rawValue)\ndata: \(data)\n\n".utf8
            )
        }
    }

    /// Timelines of some output that end with their run.
    static let generator: Generator<EventStream> = zip(
        Generator<RunID>.uuid(), Generator<String>.text(count: 0...20).array(count: 0...20)
    ).map { run, texts in
        let count = Int64(texts.count) + 1
        var events = texts.enumerated().map { index, text in
            ProgressEvent(
                runID: run, sequenceNumber: Int64(index) + 1,
                timestamp: Timestamp(milliseconds: Int64(index)), type: .log, message: text,
                data: ["stream": "stdout"])
        }
        events.append(
            ProgressEvent(
                runID: run, sequenceNumber: count, timestamp: Timestamp(milliseconds: count),
                type: .statusChange, message: "Completed.",
                data: ["status": "completed", "phase": "ended"]))
        return EventStream(events: events)
    }
}
