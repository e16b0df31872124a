// SPDX-License-Identifier: Apache-2.0
import Curl
import Testing

/// What happens when a server answers before it has read the request's body.
@Suite(.timeLimit(.minutes(1))) struct EarlyAnswerTests {
    private static let refusal =
        "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig"

    @Test func `an upload that is refused at its head is never pulled`() async throws {
        try await withRawServer { connection in
            let head = try await connection.readHead()
            #expect(head.contains("Expect: 100-continue\r\n"))
            try await connection.write(Self.refusal)
        } _: { server in
            try await withClient { client in
                let stream = PatternStream(byteCount: 50_000_000)
                var request = CurlRequest.direct(
                    .put, server.url, body: .stream(length: 50_000_000) { stream })
                request.continueTimeout = .seconds(30)
                let response = try await client.perform(request)
                #expect(response.status == 413)
                #expect(try await response.text() == "big")
                #expect(stream.pulled.value == 0)
            }
        }
    }

    @Test func `an upload that is refused under way delivers the refusal`() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            _ = try await connection.read(1_000_000)
            try await connection.write(Self.refusal)
            await connection.readToEnd()
        } _: { server in
            try await withClient { client in
                let stream = PatternStream(byteCount: 500_000_000)
                var request = CurlRequest.direct(.post, server.url, body: .stream { stream })
                request.continueTimeout = nil
                let response = try await client.perform(request)
                #expect(response.status == 413)
                #expect(try await response.text() == "big")
                #expect(stream.pulled.value < 100_000_000)
            }
        }
    }

    @Test func `a refusal ends the transfer while its stream has nothing to send`() async throws {
        let isEnded = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            _ = try await connection.read(3)
            try await connection.write(Self.refusal)
            await connection.readToEnd()
        } _: { server in
            try await withClient { client in
                let body = CurlRequestBody.stream {
                    AsyncStream<[UInt8]> { continuation in
                        continuation.onTermination = { _ in isEnded.give() }
                        continuation.yield([1, 2, 3])
                    }
                }
                var request = CurlRequest.direct(.post, server.url, body: body)
                request.continueTimeout = nil
                let response = try await client.perform(request)
                #expect(response.status == 413)
                #expect(try await response.text() == "big")
                await isEnded.wait()
            }
        }
    }

    @Test func `an early success lets the body go on while the answer is read`() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n")
            _ = try await connection.read(6)
            try await connection.write("after!")
        } _: { server in
            try await withClient { client in
                let (chunks, source) = AsyncStream<[UInt8]>.makeStream()
                var request = CurlRequest.direct(
                    .post, server.url, body: .stream(length: 6) { chunks })
                request.continueTimeout = nil
                let response = try await client.perform(request)
                source.yield([1, 2, 3])
                source.yield([4, 5, 6])
                source.finish()
                #expect(try await response.text() == "after!")
            }
        }
    }

    @Test func `an expectation that fails is dropped and the body sent`() async throws {
        try await withRawServer { connection in
            let first = try await connection.readHead()
            #expect(first.contains("Expect: 100-continue\r\n"))
            try await connection.write(
                "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 4\r\n\r\nnope")
            let second = try await connection.readHead()
            #expect(!second.contains("Expect"))
            _ = try await connection.read(2_000_000)
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine")
        } _: { server in
            try await withClient { client in
                let stream = PatternStream(byteCount: 2_000_000)
                var request = CurlRequest.direct(
                    .put, server.url, body: .stream(length: 2_000_000) { stream })
                request.continueTimeout = .seconds(30)
                let response = try await client.perform(request)
                #expect(response.status == 200)
                #expect(try await response.text() == "fine")
            }
        }
    }

    @Test func `a kept connection that died is replaced and the body sent anew`() async throws {
        let isFirst = Counter()
        try await withRawServer { connection in
            isFirst.add()
            let number = isFirst.value
            _ = try await connection.readHead()
            if number == 1 {
                try await connection.write("HTTP/1.1 204 No Content\r\n\r\n")
                _ = try await connection.readHead()
                try await connection.discard(400_000)
                return
            }
            let body = try await connection.read(400_000)
            let isEqual = body == PatternStream.bytes(0..<400_000)
            #expect(isEqual)
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine")
        } _: { server in
            try await withClient { client in
                let first = try await client.perform(.direct(.get, server.url))
                #expect(try await first.text() == "")
                let stream = PatternStream(byteCount: 400_000)
                var request = CurlRequest.direct(
                    .put, server.url, body: .stream(length: 400_000) { stream })
                request.continueTimeout = nil
                let response = try await client.perform(request)
                #expect(try await response.text() == "fine")
                #expect(server.connections.value == 2)
            }
        }
    }
}
