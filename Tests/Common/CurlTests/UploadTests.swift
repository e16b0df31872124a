// SPDX-License-Identifier: Apache-2.0
import Curl
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1))) struct UploadTests {
    @Test(arguments: [CurlMethod.post, .put])
    func `a stream of unknown length is sent chunked`(method: CurlMethod) async throws {
        try await withReceivingServer { client, server in
            let stream = PatternStream(byteCount: 300_000, chunkBytes: 7_001)
            let response = try await client.perform(
                .direct(method, server.url, body: .stream { stream }))
            #expect(try await response.text() == "300000 true chunked")
        }
    }

    @Test(arguments: [CurlMethod.post, .put], [1, 65_536, 3_000_000])
    func `a stream of known length announces it`(method: CurlMethod, length: Int) async throws {
        try await withReceivingServer { client, server in
            let stream = PatternStream(byteCount: length, chunkBytes: 100_000)
            let response = try await client.perform(
                .direct(method, server.url, body: .stream(length: Int64(length)) { stream }))
            #expect(try await response.text() == "\(length) true \(length)")
        }
    }

    @Test func `a stream that announces nothing at all is an empty body`() async throws {
        try await withReceivingServer { client, server in
            let stream = PatternStream(byteCount: 0)
            let response = try await client.perform(
                .direct(.post, server.url, body: .stream(length: 0) { stream }))
            #expect(try await response.text() == "0 true 0")
        }
    }

    @Test(arguments: [9_999, 10_001])
    func `a stream that breaks its announced length fails the request`(
        length: Int
    ) async throws {
        try await withReceivingServer { client, server in
            let stream = PatternStream(byteCount: 10_000, chunkBytes: 4_000)
            try await expect(.bodyFailed) {
                _ = try await client.perform(
                    .direct(.put, server.url, body: .stream(length: Int64(length)) { stream }))
            }
        }
    }

    @Test func `what a stream throws is the cause of the failure`() async throws {
        struct Broken: Error {}
        try await withReceivingServer { client, server in
            let body = CurlRequestBody.stream {
                AsyncThrowingStream<[UInt8], any Error> { continuation in
                    continuation.yield([1, 2, 3])
                    continuation.finish(throwing: Broken())
                }
            }
            let error = await #expect(throws: CurlError.self) {
                _ = try await client.perform(.direct(.post, server.url, body: body))
            }
            #expect(error?.code == .bodyFailed)
            #expect(error?.cause is Broken)
        }
    }

    @Test func `a server that does not read stops the stream from being pulled`() async throws {
        let isRead = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            await isRead.wait()
            _ = try await connection.read(120_000_000)
            try await connection.write("HTTP/1.1 204 No Content\r\n\r\n")
        } _: { server in
            try await withClient { client in
                let stream = PatternStream(byteCount: 120_000_000)
                var request = CurlRequest.direct(
                    .put, server.url, body: .stream(length: 120_000_000) { stream })
                request.continueTimeout = nil
                request.stallTimeout = .milliseconds(700)
                let stalling = request
                try await expect(.stalled) { _ = try await client.perform(stalling) }
                // The kernel's two socket buffers take tens of megabytes; the rest has to wait.
                #expect(stream.pulled.value < 60_000_000)
                isRead.give()
            }
        }
    }

    private func withReceivingServer(
        _ body: @Sendable (CurlClient, HTTPServer) async throws -> Void
    ) async throws {
        try await withHTTPServer { exchange in
            var check = PatternCheck()
            while let chunk = try await exchange.nextChunk() { check.read(chunk) }
            let headers = exchange.head.headers
            let framing =
                headers.first(name: "content-length")
                ?? headers.first(name: "transfer-encoding") ?? "none"
            try await exchange.answer(.ok, [:], "\(check.byteCount) \(check.isEqual) \(framing)")
        } _: { server in
            try await withClient { client in try await body(client, server) }
        }
    }
}
