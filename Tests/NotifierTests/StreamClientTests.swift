// SPDX-License-Identifier: Apache-2.0

import Model
import NIOCore
import TestSupport
import Testing

@testable import Notifier

@Suite(.timeLimit(.minutes(4)))
struct StreamClientTests {
    @Test func `a client that doesn't read gets everything later, and costs no more memory`()
        async throws
    {
        var configuration = NotifierConfiguration()
        configuration.pageSize = 20
        try await withNotifier(configuration) { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port, reads: false) { slow in
                try await slow.send(scene.request(run.id))
                let server = try await scene.serverChannels.next("the server's side")
                try await withConnection(port: port) { fast in
                    try await fast.send(scene.request(run.id))
                    let text = String(repeating: "x", count: 16_000)
                    for line in 4...150 {
                        scene.say(try await run.log("\(line) \(text)\n"))
                    }
                    scene.say(try await run.end())
                    #expect(try await fast.receiveToEnd().ids == Array(1...151))
                }
                #expect(try await !server.isWritable)
                let buffered = try await server.getOption(.bufferedWritableBytes).get()
                #expect(buffered < 128 * 1_024)
                try await slow.startReading()
                let response = try await slow.receiveToEnd()
                #expect(response.isComplete)
                #expect(response.ids == Array(1...151))
            }
        }
    }

    @Test func `a hundred clients of one run all get every event once and in order`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withThrowingTaskGroup(of: [Int64].self) { group in
                let joined = TestSignal<Void>()
                for number in 0..<100 {
                    group.addTask {
                        try await withConnection(port: port) { connection in
                            try await connection.send(
                                scene.request(run.id, after: String(number % 4)))
                            try await connection.receive("the opening") { !$0.blocks.isEmpty }
                            joined.send()
                            return Array(1..<Int64(number % 4 + 1))
                                + (try await connection.receiveToEnd().ids)
                        }
                    }
                }
                _ = try await joined.next(50, "half of the clients")
                for line in 0..<100 { scene.say(try await run.log("line \(line)\n")) }
                _ = try await joined.next(50, "the other half")
                scene.say(try await run.end())
                for try await ids in group { #expect(ids == Array(1...104)) }
            }
            #expect(scene.app.fanout.feeds.isEmpty)
        }
    }

    @Test func `a request behind others on the connection is answered after them`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.ended(lines: 2, in: scene)
            try await withConnection(port: port) { connection in
                let hello = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"
                try await connection.send(hello + hello + scene.request(run.id) + hello)
                let first = try await connection.receiveToEnd()
                #expect(first.body == "hello")
                let second = RawResponse(first.rest)
                #expect(second.body == "hello")
                let stream = RawResponse(second.rest)
                #expect(stream.headers["content-type"]?.hasPrefix("text/event-stream") == true)
                #expect(stream.ids == Array(1...6))
                #expect(stream.rest.isEmpty)
            }
        }
    }

    @Test func `requests with bodies before a stream don't confuse it`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.ended(lines: 2, in: scene)
            try await withConnection(port: port) { connection in
                let post =
                    "POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n12345"
                try await connection.send(post + scene.request(run.id))
                let first = try await connection.receiveToEnd()
                #expect(first.status == 404)
                #expect(RawResponse(first.rest).ids == Array(1...6))
            }
        }
    }

    @Test func `a run that nobody follows any more is forgotten`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                #expect(scene.app.fanout.feeds.count == 1)
            }
            try await eventually("no feed") { scene.app.fanout.feeds.isEmpty }
            scene.say(try await run.log("nobody listens\n"))
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(run.id))
                try await connection.receive("all of it") { $0.ids == [1, 2, 3, 4] }
            }
        }
    }

    @Test func `one run's events don't go to another's clients`() async throws {
        try await withNotifier { scene, port in
            let (one, other) = (
                try await Timeline.running(in: scene), try await Timeline.running(in: scene)
            )
            try await withConnection(port: port) { connection in
                try await connection.send(scene.request(one.id))
                try await connection.receive("what was") { $0.ids == [1, 2, 3] }
                scene.say(try await other.log("not for you\n"))
                scene.say(try await one.end())
                let response = try await connection.receiveToEnd()
                #expect(response.ids == [1, 2, 3, 4])
                #expect(!response.body.contains(other.id))
            }
        }
    }

    @Test func `streams are closed when the server stops`() async throws {
        let connection = try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            let connection = try await RawConnection.open(port: port)
            try await connection.send(scene.request(run.id))
            try await connection.receive("what was") { $0.ids == [1, 2, 3] }
            return connection
        }
        _ = try await connection.receiveToEnd()
    }
}
