// SPDX-License-Identifier: Apache-2.0
import Curl
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(5)), .serialized) struct LargeBodyTests {
    @Test func `sixty-four MiB there and back at once arrive unchanged`() async throws {
        let size = 64 << 20
        try await withHTTPServer { exchange in
            try await exchange.start(.ok, [:])
            while let chunk = try await exchange.nextChunk() { try await exchange.write(chunk) }
        } _: { server in
            try await withClient { client in
                let stream = PatternStream(byteCount: size)
                let response = try await client.perform(
                    .direct(.post, server.url, body: .stream(length: Int64(size)) { stream }))
                var check = PatternCheck()
                for try await chunk in response.body { check.read(chunk) }
                #expect(check.byteCount == size)
                #expect(check.isEqual)
            }
        }
    }

    @Test func `a gibibyte up and one down take no more memory than stated`() async throws {
        let size = 1 << 30
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.discard(size)
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            let chunk = PatternStream.bytes(0..<65_536)
            for _ in 0..<size / chunk.count { try await connection.write(chunk) }
        } _: { server in
            try await withClient { client in
                let before = try residentBytes()
                var highest = before
                let stream = PatternStream(byteCount: size)
                let response = try await client.perform(
                    .direct(.put, server.url, body: .stream(length: Int64(size)) { stream }))
                highest = max(highest, try residentBytes())
                var received = 0
                for try await chunk in response.body {
                    if received >> 24 != (received + chunk.count) >> 24 {
                        highest = max(highest, try residentBytes())
                    }
                    received += chunk.count
                }
                #expect(received == size)
                // The server in this process, and the other suites, need some as well.
                #expect(highest - before < 128 << 20)
            }
        }
    }
}
