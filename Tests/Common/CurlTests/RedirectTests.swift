// SPDX-License-Identifier: Apache-2.0
import Curl
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1))) struct RedirectTests {
    @Test func `a redirect is an answer like any other by default`() async throws {
        try await withServer { client, server in
            let response = try await client.perform(.direct(.get, server.url + "307"))
            #expect(response.status == 307)
            #expect(response.headers["Location"] == "/end")
            #expect(try await response.text() == "moved")
        }
    }

    @Test func `a followed redirect shows only the last head and body`() async throws {
        try await withServer { client, server in
            var request = CurlRequest.direct(.get, server.url + "302")
            request.maximumRedirects = 1
            let response = try await client.perform(request)
            #expect(response.status == 200)
            #expect(response.headers["Location"] == nil)
            #expect(try await response.text() == "GET ")
        }
    }

    @Test func `a stream is made anew for the redirected request`() async throws {
        try await withServer { client, server in
            let stream = PatternStream(byteCount: 200_000)
            var request = CurlRequest.direct(
                .put, server.url + "307", body: .stream(length: 200_000) { stream })
            request.continueTimeout = nil
            request.maximumRedirects = 1
            let response = try await client.perform(request)
            #expect(try await response.text() == "PUT 200000 true")
        }
    }

    @Test func `a POST goes on as a GET where 303 says so`() async throws {
        try await withServer { client, server in
            var request = CurlRequest.direct(.post, server.url + "303", body: .text("x"))
            request.maximumRedirects = 1
            let response = try await client.perform(request)
            #expect(try await response.text() == "GET ")
        }
    }

    @Test func `the trailers of a redirect are passed over with it`() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write(
                "HTTP/1.1 302 Found\r\nLocation: /end\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nmoved\r\n0\r\nX-Trailer: 1\r\n\r\n")
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        } _: { server in
            try await withClient { client in
                var request = CurlRequest.direct(.get, server.url)
                request.maximumRedirects = 1
                let response = try await client.perform(request)
                #expect(try await response.text() == "ok")
                #expect(response.headers["X-Trailer"] == nil)
            }
        }
    }

    @Test func `too many redirects are an error`() async throws {
        try await withServer { client, server in
            var request = CurlRequest.direct(.get, server.url + "loop")
            request.maximumRedirects = 3
            let failing = request
            try await expect(.tooManyRedirects) { _ = try await client.perform(failing) }
        }
    }

    private func withServer(
        _ body: @Sendable (CurlClient, HTTPServer) async throws -> Void
    ) async throws {
        try await withHTTPServer { exchange in
            switch exchange.head.uri {
            case "/end": try await describe(&exchange)
            case "/loop": try await exchange.answer(.found, ["location": "/loop"])
            case let uri:
                let status = HTTPResponseStatus(statusCode: Int(uri.dropFirst()) ?? 500)
                try await exchange.answer(status, ["location": "/end"], "moved")
            }
        } _: { server in
            try await withClient { client in try await body(client, server) }
        }
    }
}

private func describe(_ exchange: inout HTTPExchange) async throws {
    var check = PatternCheck()
    while let chunk = try await exchange.nextChunk() { check.read(chunk) }
    let received = check.byteCount > 0 ? "\(check.byteCount) \(check.isEqual)" : ""
    try await exchange.answer(.ok, [:], "\(exchange.head.method) \(received)")
}
