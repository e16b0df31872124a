// SPDX-License-Identifier: Apache-2.0

import API
import LoopbackServer
import Model
import PropertyTesting
import Synchronization
import TestSupport
import Testing

@testable import TlaoSDK

@Suite(.timeLimit(.minutes(5))) struct RunStreamTests {
    private static let head = [("Content-Type", "text/event-stream; charset=utf-8")]
    private static let run = RunID("0190a000-0000-7000-8000-000000000001")

    /// All events that a client receives after a sequence number.
    private static func events(
        of run: RunID, after: Int64, at address: String, patience: Duration = .seconds(60)
    ) async throws -> [ProgressEvent] {
        try await TlaoClient.with(address: address, token: "t") { client in
            var stream = client.streamRun(run, after: after)
            stream.patience = patience
            var events: [ProgressEvent] = []
            for try await event in stream { events.append(event) }
            return events
        }
    }

    private static func refusal(
        patience: Duration = .seconds(60),
        _ handler: @escaping @Sendable (LoopbackRequest, LoopbackReply) async throws -> Void
    ) async throws -> TlaoError {
        try await withLoopbackServer(handler) { server in
            try await requireThrows(TlaoError.self) {
                _ = try await events(
                    of: run, after: 0, at: server.address, patience: patience)
            }
        }
    }

    /// A case: a timeline, where to resume, and after how many bytes each connection is cut.
    private static let cut = zip(
        EventStream.generator, Generator<UInt16>.integer,
        Generator<UInt16>.integer.array(count: 0...3))

    @Test func `Property 22: resuming after N delivers exactly N+1 and on, in order`() async {
        await checkProperty("Property 22", Self.cut) { stream, resume, cuts in
            let after = Int64(resume) % Int64(stream.events.count)
            let remaining = Mutex(cuts)
            let received = try await withLoopbackServer { request, reply in
                let cursor = try requireValue(request.headers["last-event-id"].flatMap(Int64.init))
                let bytes = try stream.bytes(after: cursor)
                try await reply.head(headers: Self.head)
                try await reply.send("retry: 1\n\n")
                let cut = remaining.withLock { $0.popLast() }
                // Half of an event, of a line or of a character may be what came through.
                let kept = cut.map { Int($0) % (bytes.count + 1) } ?? bytes.count
                try await reply.send(Array(bytes.prefix(kept)))
            } _: { server in
                try await Self.events(of: stream.run, after: after, at: server.address)
            }
            try requireEqual(received, stream.events.filter { $0.sequenceNumber > after })
        }
    }

    @Test func `events that are sent again are delivered once, and keepalives not at all`()
        async throws
    {
        let stream = EventStream(events: [
            Self.event(1, .log), Self.event(2, .log), Self.event(3, .statusChange),
        ])
        let events = try await withLoopbackServer { _, reply in
            try await reply.head(headers: Self.head)
            try await reply.send("event: keepalive\ndata: {}\n\n")
            try await reply.send(EventStream(events: [stream.events[0]]).bytes(after: 0))
            try await reply.send(stream.bytes(after: 0))
        } _: { server in
            try await Self.events(of: Self.run, after: 0, at: server.address)
        }
        #expect(events == stream.events)
    }

    @Test func `a stream with a gap is asked for again from before it`() async throws {
        let stream = EventStream(events: [
            Self.event(1, .log), Self.event(2, .log), Self.event(3, .statusChange),
        ])
        let cursors = TestSignal<String?>()
        let events = try await withLoopbackServer { request, reply in
            cursors.send(request.headers["last-event-id"])
            try await reply.head(headers: Self.head)
            guard request.headers["last-event-id"] == "0" else {
                return try await reply.send(try stream.bytes(after: 1))
            }
            let first = EventStream(events: [stream.events[0]])
            try await reply.send(try first.bytes(after: 0) + stream.bytes(after: 2))
        } _: { server in
            try await Self.events(of: Self.run, after: 0, at: server.address)
        }
        #expect(events == stream.events)
        #expect(cursors.pending == ["0", "1"])
    }

    @Test func `a run that has ended before the cursor has no more events`() async throws {
        let events = try await withLoopbackServer { _, reply in
            try await reply.answer(204)
        } _: { server in
            try await Self.events(of: Self.run, after: 9, at: server.address)
        }
        #expect(events.isEmpty)
    }

    @Test func `a refusal is thrown at once`() async throws {
        let refusal = try await Self.refusal { _, reply in
            try await reply.answer(
                403, json: #"{"error":"Not yours.","code":"FORBIDDEN","correlationId":"c-1"}"#)
        }
        #expect(refusal.code == .init(ErrorCode.forbidden))
        #expect(refusal.correlationID == "c-1")
    }

    @Test func `an expired token ends the stream with what to do`() async throws {
        let refusal = try await Self.refusal { _, reply in
            try await reply.head(headers: Self.head)
            try await reply.send("event: reauthenticate\ndata: {}\n\n")
        }
        #expect(refusal.status == 401)
    }

    @Test func `a page that is no stream is thrown, not asked for again`() async throws {
        let refusal = try await Self.refusal { _, reply in
            try await reply.answer(
                headers: [("Content-Type", "text/html")], body: Array("<html>".utf8))
        }
        #expect(refusal.code == .unexpectedAnswer)
    }

    @Test func `a server that stays away is given up when patience is over`() async throws {
        let attempts = Atomic(0)
        let refusal = try await Self.refusal(patience: .milliseconds(300)) { _, reply in
            attempts.add(1, ordering: .relaxed)
            try await reply.answer(503, json: "{}")
        }
        #expect(refusal.status == 503)
        #expect(attempts.load(ordering: .relaxed) > 1)
    }

    private static func event(_ sequence: Int64, _ type: ProgressEvent.Kind) -> ProgressEvent {
        ProgressEvent(
            runID: run, sequenceNumber: sequence, timestamp: Timestamp(milliseconds: 0),
            type: type, message: "text",
            data: type == .log ? ["stream": "stdout"] : ["status": "completed", "phase": "ended"])
    }
}
