// SPDX-License-Identifier: Apache-2.0
import Curl
import Testing

@Suite(.timeLimit(.minutes(1))) struct TimeLimitTests {
    @Test func `a deadline passes before the head`() async throws {
        try await withSilentServer(sending: "") { client, request in
            let request = with(request) { $0.deadline = .milliseconds(200) }
            try await expect(.deadlineExceeded) { _ = try await client.perform(request) }
        }
    }

    @Test func `a deadline passes in the middle of the body, after what came`() async throws {
        try await withSilentServer(sending: "HTTP/1.1 200 OK\r\n\r\nsome") { client, request in
            let request = with(request) { $0.deadline = .seconds(1) }
            let iterator = try await client.perform(request).body.makeAsyncIterator()
            #expect(try await iterator.next() == Array("some".utf8))
            try await expect(.deadlineExceeded) { _ = try await iterator.next() }
        }
    }

    @Test func `a deadline counts while the request waits for a connection`() async throws {
        try await withSilentServer(
            { $0.maximumConnections = 1 }, sending: "HTTP/1.1 200 OK\r\n\r\nendless"
        ) { client, request in
            let busy = try await client.perform(request)
            let late = with(request) { $0.deadline = .milliseconds(200) }
            try await expect(.deadlineExceeded) { _ = try await client.perform(late) }
            #expect(busy.status == 200)
        }
    }

    @Test func `silence longer than the stall timeout ends the transfer`() async throws {
        try await withSilentServer(sending: "HTTP/1.1 200 OK\r\n\r\nsome") { client, request in
            let request = with(request) { $0.stallTimeout = .seconds(1) }
            let iterator = try await client.perform(request).body.makeAsyncIterator()
            #expect(try await iterator.next() == Array("some".utf8))
            try await expect(.stalled) { _ = try await iterator.next() }
        }
    }

    @Test func `waiting for the request's own stream is no stall`() async throws {
        let isSent = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            _ = try await connection.read(3)
            isSent.give()
            _ = try await connection.read(3)
            try await connection.write("HTTP/1.1 204 No Content\r\n\r\n")
        } _: { server in
            try await withClient { client in
                let (chunks, source) = AsyncStream<[UInt8]>.makeStream()
                source.yield([1, 2, 3])
                let upload = Task {
                    var request = CurlRequest.direct(
                        .put, server.url, body: .stream(length: 6) { chunks })
                    request.stallTimeout = .milliseconds(500)
                    return try await client.perform(request).status
                }
                await isSent.wait()
                try await letPass(.seconds(2), on: client)
                source.yield([4, 5, 6])
                source.finish()
                #expect(try await upload.value == 204)
            }
        }
    }

    @Test func `a server that says neither yes nor no gets the body after all`() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
            try await connection.discard(2_000_000)
            try await connection.write("done")
        } _: { server in
            try await withClient { client in
                let stream = PatternStream(byteCount: 2_000_000)
                let request = with(
                    .direct(.post, server.url, body: .stream(length: 2_000_000) { stream })
                ) {
                    $0.continueTimeout = .milliseconds(200)
                    $0.deadline = .seconds(20)
                }
                let response = try await client.perform(request)
                #expect(try await response.text() == "done")
            }
        }
    }

    @Test func `a server that takes no connection runs into the connect timeout`() async throws {
        // TEST-NET-1 answers nobody; where the network refuses it at once the code says so.
        try await withClient { client in
            let request = with(.direct(.get, "http://192.0.2.1/")) {
                $0.connectTimeout = .milliseconds(200)
            }
            let failure = try await code { _ = try await client.perform(request) }
            #expect(failure == .connectTimeout || failure == .couldNotConnect)
        }
    }

    private func withSilentServer(
        _ configure: @Sendable (inout CurlConfiguration) -> Void = { _ in }, sending text: String,
        _ body: @Sendable (CurlClient, CurlRequest) async throws -> Void
    ) async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            if !text.isEmpty { try await connection.write(text) }
            await connection.readToEnd()
        } _: { server in
            try await withClient(configure) { client in
                try await body(client, .direct(.get, server.url))
            }
        }
    }
}

private func with(_ request: CurlRequest, _ change: (inout CurlRequest) -> Void) -> CurlRequest {
    var request = request
    change(&request)
    return request
}
