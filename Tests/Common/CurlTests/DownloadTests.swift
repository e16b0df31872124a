// SPDX-License-Identifier: Apache-2.0
import Curl
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1))) struct DownloadTests {
    @Test func `chunks are delivered as they arrive`() async throws {
        let (steps, stepper) = AsyncStream<String>.makeStream()
        try await withHTTPServer { exchange in
            try await exchange.start(.ok, ["content-type": "text/event-stream"])
            for await step in steps { try await exchange.write(Array(step.utf8)) }
        } _: { server in
            try await withClient { client in
                let response = try await client.perform(.direct(.get, server.url))
                let events = response.body.makeAsyncIterator()
                for event in ["data: 1\n\n", "data: 2\n\n", "data: 3\n\n"] {
                    stepper.yield(event)
                    let chunk = try #require(try await events.next())
                    #expect(String(decoding: chunk, as: UTF8.self) == event)
                }
                stepper.finish()
                #expect(try await events.next() == nil)
                #expect(try await events.next() == nil)
            }
        }
    }

    @Test func `a slow reader slows the server down`() async throws {
        let written = Counter()
        let size = 160_000_000
        try await withHTTPServer { exchange in
            try await exchange.start(.ok, ["content-length": "\(size)"])
            var place = 0
            while place < size {
                let end = min(place + 65_536, size)
                try await exchange.write(PatternStream.bytes(place..<end))
                written.add(end - place)
                place = end
            }
        } _: { server in
            try await withClient { client in
                var request = CurlRequest.direct(.get, server.url)
                // Nothing moves while the reader sleeps, and that is no stall.
                request.stallTimeout = .seconds(1)
                let response = try await client.perform(request)
                try await letPass(.seconds(2), on: client)
                // The kernel's two socket buffers take tens of megabytes; the rest has to wait.
                #expect(written.value < size / 2)
                var check = PatternCheck()
                for try await chunk in response.body { check.read(chunk) }
                #expect(check.byteCount == size)
                #expect(check.isEqual)
            }
        }
    }

    @Test func `a body over the limit is refused and its transfer ended`() async throws {
        let isGone = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n123456")
            await connection.readToEnd()
            isGone.give()
        } _: { server in
            try await withClient { client in
                let response = try await client.perform(.direct(.get, server.url))
                try await expect(.bodyTooLarge) { _ = try await response.body.collect(upTo: 5) }
                await isGone.wait()
            }
        }
    }

    @Test func `dropping the response ends the transfer`() async throws {
        let isGone = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\n\r\nendless")
            await connection.readToEnd()
            isGone.give()
        } _: { server in
            try await withClient { client in
                let status = try await client.perform(.direct(.get, server.url)).status
                #expect(status == 200)
                await isGone.wait()
            }
        }
    }

    @Test func `a second reader at the same time is refused`() async throws {
        let isWatched = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
            await isWatched.wait()
            try await connection.write("ok")
        } _: { server in
            try await withClient { client in
                let response = try await client.perform(.direct(.get, server.url))
                let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            do throws(CurlError) {
                                let chunk = try await response.body.makeAsyncIterator().next()
                                return String(decoding: chunk ?? [], as: UTF8.self)
                            } catch {
                                isWatched.give()
                                return "\(error.code)"
                            }
                        }
                    }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }
                #expect(outcomes == ["ok", "bodyInUse"])
            }
        }
    }

    @Test(arguments: [
        "Content-Length: 100\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        "Transfer-Encoding: chunked\r\n\r\nff\r\nhalf",
    ])
    func `a body that ends early throws after what came of it`(rest: String) async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\n" + rest)
        } _: { server in
            try await expectHalf(server)
        }
    }

    @Test(arguments: ["", "Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"])
    func `a connection reset in the middle of a body throws`(framing: String) async throws {
        let isRead = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            let half = framing.contains("chunked") ? "ff\r\nhalf" : "half"
            try await connection.write("HTTP/1.1 200 OK\r\n\(framing)\r\n\(half)")
            await isRead.wait()
            try await connection.reset()
        } _: { server in
            try await expectHalf(server, thenGive: isRead)
        }
    }

    private func expectHalf(_ server: RawServer, thenGive signal: Signal? = nil) async throws {
        try await withClient { client in
            let response = try await client.perform(.direct(.get, server.url))
            let iterator = response.body.makeAsyncIterator()
            #expect(try await iterator.next() == Array("half".utf8))
            signal?.give()
            for _ in 0..<2 {
                try await expect(.connectionLost) { _ = try await iterator.next() }
            }
        }
    }
}
