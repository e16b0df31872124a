// SPDX-License-Identifier: Apache-2.0

import Foundation
import Model
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct StreamContractTests {
    @Test func `the first bytes come at once, before there is any news`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id, after: "3"))
                let response = try await connection.receive("the opening") { !$0.blocks.isEmpty }
                #expect(response.status == 200)
                #expect(response.headers["content-type"] == "text/event-stream; charset=utf-8")
                #expect(response.headers["cache-control"] == "no-cache, no-transform")
                #expect(response.headers["x-accel-buffering"] == "no")
                #expect(response.headers["x-correlation-id"]?.isEmpty == false)
                #expect(response.body == "retry: 2000\n\n")
            }
        }
    }

    @Test func `an event goes over the wire as id, event and one line of data`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id, after: "3"))
                try await connection.receive("the opening") { !$0.blocks.isEmpty }
                scene.say(try await run.log("one\r\ntwo \u{2028} \u{1F600} \"three\"\n\u{1B}[31m"))
                let response = try await connection.receive("the event") { $0.blocks.count > 1 }
                let lines = response.blocks[1].split(
                    separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.count == 3)
                #expect(lines[0] == "id: 4")
                #expect(lines[1] == "event: log")
                #expect(lines[2].hasPrefix("data: "))
                #expect(!response.blocks[1].contains("\r"))
                let data = try JSONSerialization.jsonObject(with: Data(lines[2].dropFirst(6).utf8))
                let expected: [String: Any] = [
                    "runId": run.id, "sequenceNumber": 4, "timestamp": "2026-01-01T00:00:00.000Z",
                    "type": "log", "message": "one\r\ntwo \u{2028} \u{1F600} \"three\"\n\u{1B}[31m",
                    "data": ["stream": "stdout"],
                ]
                #expect(data as? NSDictionary == expected as NSDictionary)
            }
        }
    }

    @Test func `the events of a run that goes on arrive as they are said, the terminal one last`()
        async throws
    {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                for line in 4...8 {
                    scene.say(try await run.log("line \(line)\n"))
                    try await connection.receive("line \(line)") { $0.ids.last == Int64(line) }
                }
                scene.say(try await run.end())
                let response = try await connection.receiveToEnd()
                #expect(response.isComplete)
                #expect(response.ids == Array(1...9))
                #expect(response.blocks.last?.contains("event: status_change") == true)
                #expect(response.blocks.last?.contains("\"completed\"") == true)
            }
        }
    }

    @Test func `a run that has ended is replayed and closed`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.ended(lines: 500, in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                let response = try await connection.receiveToEnd()
                #expect(response.isComplete)
                #expect(response.ids == Array(1...504))
            }
        }
    }

    @Test(arguments: [
        ("5", "", 5), (nil, "?after=6", 6), ("7", "?after=2", 7), ("", "?after=3", 3),
    ])
    func `a stream goes on after the cursor, the header's before the query's`(
        _ header: String?, _ query: String, _ cursor: Int
    ) async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.ended(lines: 10, in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id, after: header, query: query))
                let response = try await connection.receiveToEnd()
                #expect(response.ids == Array(Int64(cursor + 1)...14))
            }
        }
    }

    @Test(arguments: ["14", "15", "9223372036854775807"])
    func `a cursor at or past the terminal event gets 204`(_ cursor: String) async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.ended(lines: 10, in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id, after: cursor))
                let response = try await connection.receiveToEnd()
                #expect(response.status == 204)
                #expect(response.body.isEmpty)
                #expect(response.headers["x-correlation-id"]?.isEmpty == false)
            }
        }
    }

    @Test(arguments: ["7", "9223372036854775807"])
    func `a cursor past the end of a run that goes on is closed when the run ends`(
        _ cursor: String
    ) async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id, after: cursor))
                try await connection.receive("the opening") { !$0.blocks.isEmpty }
                scene.say(try await run.log("four\n"))
                scene.say(try await run.end())
                let response = try await connection.receiveToEnd()
                #expect(response.ids.isEmpty)
            }
        }
    }

    @Test func `an idle stream carries a keepalive without an id every fifteen seconds`()
        async throws
    {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id, after: "3"))
                try await connection.receive("the opening") { !$0.blocks.isEmpty }
                for count in 1...3 {
                    let before = scene.time.elapsed
                    try await scene.pass(.milliseconds(500)) {
                        try await connection.takePending()
                        return connection.response.blocks.count > count
                    }
                    #expect(scene.time.elapsed - before >= .seconds(14))
                }
                #expect(
                    connection.response.blocks.dropFirst()
                        .allSatisfy { $0 == "event: keepalive\ndata: {}" })
            }
        }
    }

    @Test func `when the token expires the stream says so and is closed`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                try await scene.time.waitForSleepers(1)
                scene.time.advance(by: .seconds(12 * 3_600))
                let response = try await connection.receiveToEnd()
                #expect(response.isComplete)
                #expect(response.blocks.last == "event: reauthenticate\ndata: {}")
            }
        }
    }
}
