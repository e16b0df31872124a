// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import TestSupport
import Testing

@testable import Notifier

@Suite(.timeLimit(.minutes(2)))
struct StreamFillTests {
    @Test func `a gap on Kafka is filled from the table`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                scene.say(try await run.log("four\n"))
                try await connection.receive("four") { $0.ids.last == 4 }
                try await run.log("lost\n")
                try await run.log("lost, too\n")
                scene.say(try await run.log("seven\n"))
                try await connection.receive("seven") { $0.ids == Array(1...7) }
            }
        }
    }

    @Test func `a gap that comes while another is filled is filled as well`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                for _ in 0..<30 {
                    try await run.log("lost\n")
                    scene.say(try await run.log("heard\n"))
                }
                try await connection.receive("all") { $0.ids == Array(1...63) }
            }
        }
    }

    @Test func `the first event heard of a run may be any`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                try await run.log("lost\n")
                scene.say(try await run.log("five\n"))
                try await connection.receive("five") { $0.ids == Array(1...5) }
            }
        }
    }

    @Test func `events heard twice or out of order are delivered once and in order`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                let four = try await run.log("four\n")
                let five = try await run.log("five\n")
                for event in [five, four, four, five, run.events[0]] { scene.say(event) }
                scene.say(try await run.end())
                #expect(try await connection.receiveToEnd().ids == Array(1...6))
            }
        }
    }

    @Test func `what Kafka never said is found in the table after two seconds of silence`()
        async throws
    {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                for _ in 0..<450 { try await run.log("lost\n") }
                try await scene.pass(.seconds(2)) {
                    try await connection.takePending()
                    return connection.response.ids.last == 453
                }
                try await run.end()
                try await scene.pass(.seconds(2)) {
                    try await connection.takePending()
                    return connection.isClosed
                }
                #expect(connection.response.ids == Array(1...454))
            }
        }
    }

    @Test func `silence is read once for all who follow a run`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { first in
                try await withConnection(port: port) { second in
                    for connection in [first, second] {
                        try await connection.send(scene.request(run.id))
                        try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                    }
                    let feed = try await eventuallyValue("a feed that has caught up") {
                        let feed = scene.app.fanout.feeds.first
                        return feed?.frames(after: 0)?.count == 3 ? feed : nil
                    }
                    try await run.log("lost\n")
                    #expect(feed.beginFill() == 3)
                    #expect(feed.beginFill() == nil)
                }
            }
        }
    }

    @Test func `a stream outlives a table that can't be read for a while`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                scene.table.setRates(TableFaultRates([.unavailable: 1]))
                scene.source.send(
                    .runProgressed(
                        ProgressEvent(
                            runID: RunID(run.id), sequenceNumber: 9, timestamp: scene.time.now,
                            type: .log, message: "ahead"), in: scene.workspace.id), on: .runEvents)
                try await scene.pass(.seconds(1)) {
                    scene.table.counts[.unavailable, default: 0] >= 3
                }
                let failures = scene.table.counts[.unavailable, default: 0]
                scene.table.setRates(.none)
                for _ in 4...9 { try await run.log("late\n") }
                try await scene.pass(.seconds(2)) {
                    try await connection.takePending()
                    return connection.response.ids == Array(1...9)
                }
                #expect(failures < 50, "A table that is away is not asked again and again.")
            }
        }
    }
}
