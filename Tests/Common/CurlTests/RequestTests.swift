// SPDX-License-Identifier: Apache-2.0
import Curl
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1))) struct RequestTests {
    @Test func `a response carries status, fields and body`() async throws {
        try await withHTTPServer { exchange in
            try await exchange.answer(.accepted, ["X-One": "1"], "hello \(exchange.head.uri)")
        } _: { server in
            try await withClient { client in
                let response = try await client.perform(.direct(.get, server.url + "a/../b?c=d"))
                #expect(response.status == 202)
                #expect(response.headers["x-ONE"] == "1")
                #expect(try await response.text() == "hello /a/../b?c=d")
            }
        }
    }

    @Test(arguments: [CurlMethod.post, .put, .patch, .delete, "PROPFIND"])
    func `a body in memory reaches the server with its method and length`(
        method: CurlMethod
    ) async throws {
        try await withHTTPServer { exchange in
            let body = String(decoding: try await exchange.readBody(), as: UTF8.self)
            let head = exchange.head
            let length = head.headers["content-length"].joined(separator: ",")
            let type = head.headers["content-type"].joined(separator: ",")
            try await exchange.answer(.ok, [:], "\(head.method) \(length) [\(type)] \(body)")
        } _: { server in
            try await withClient { client in
                let request = CurlRequest.direct(method, server.url, body: .text("Grüße"))
                let response = try await client.perform(request)
                #expect(try await response.text() == "\(method.rawValue) 7 [] Grüße")
            }
        }
    }

    @Test(arguments: [CurlMethod.post, .put, .patch])
    func `a method that expects a body says that there is none`(method: CurlMethod) async throws {
        try await withHTTPServer { exchange in
            let length = exchange.head.headers["content-length"].joined(separator: ",")
            try await exchange.answer(.ok, [:], length)
        } _: { server in
            try await withClient { client in
                let response = try await client.perform(.direct(method, server.url))
                #expect(try await response.text() == "0")
            }
        }
    }

    @Test func `HEAD has fields and no body, and leaves the connection usable`() async throws {
        try await withHTTPServer { exchange in
            try await exchange.start(.ok, ["content-length": "5"])
            try await exchange.end()
        } _: { server in
            try await withClient { client in
                for _ in 0..<2 {
                    let response = try await client.perform(.direct(.head, server.url))
                    #expect(response.headers["Content-Length"] == "5")
                    #expect(try await response.body.collect(upTo: 0).isEmpty)
                }
                #expect(server.connections.value == 1)
            }
        }
    }

    @Test func `fields go out in their order, repeated and empty ones too`() async throws {
        try await withRawServer { connection in
            let head = try await connection.readHead()
            let sent = head.split(separator: "\r\n").filter { $0.hasPrefix("X-") }
            let body = sent.joined(separator: "|")
            try await connection.write(
                "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        } _: { server in
            try await withClient { client in
                let headers: CurlHeaders = ["X-B": "1", "X-A": "", "X-B": "2", "X-C": "\tä;:"]
                let response = try await client.perform(
                    .direct(.get, server.url, headers: headers))
                #expect(try await response.text() == "X-B: 1|X-A:|X-B: 2|X-C: \tä;:")
            }
        }
    }

    @Test func `interim heads and trailers are left out of the response`() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            try await connection.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a\r\n"
                    + "set-cookie: b\r\nX-Folded: one\r\n  two\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n"
            )
        } _: { server in
            try await withClient { client in
                let response = try await client.perform(.direct(.get, server.url))
                #expect(try await response.text() == "ok")
                #expect(response.headers.values(of: "Set-Cookie") == ["a", "b"])
                #expect(response.headers["X-Folded"] == "one two")
                #expect(response.headers["X-Early"] == nil)
                #expect(response.headers["X-Trailer"] == nil)
            }
        }
    }

    @Test func `compression is undone only when asked for`() async throws {
        let packed: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 203, 72, 205, 201, 201, 7, 0, 134, 166, 16, 54, 5, 0,
            0,
            0,
        ]
        try await withHTTPServer { exchange in
            let isOffered = exchange.head.headers["accept-encoding"].first?.contains("gzip") == true
            try await exchange.start(
                .ok, ["content-encoding": "gzip", "x-offered": "\(isOffered)"])
            try await exchange.write(packed)
        } _: { server in
            try await withClient { client in
                var request = CurlRequest.direct(.get, server.url)
                let raw = try await client.perform(request)
                #expect(raw.headers["X-Offered"] == "false")
                #expect(try await raw.body.collect(upTo: 100) == packed)
                request.decompresses = true
                let undone = try await client.perform(request)
                #expect(undone.headers["X-Offered"] == "true")
                #expect(try await undone.text() == "hello")
            }
        }
    }

    @Test func `a proxy is asked for the whole URL`() async throws {
        try await withRawServer { connection in
            let head = try await connection.readHead()
            let line = head.prefix { $0 != "\r\n" }
            try await connection.write(
                "HTTP/1.1 200 OK\r\nContent-Length: \(line.utf8.count)\r\n\r\n\(line)")
        } _: { server in
            try await withClient { client in
                var request = CurlRequest(.get, "http://nowhere.invalid/x")
                request.proxy = .url(server.url)
                let response = try await client.perform(request)
                #expect(try await response.text() == "GET http://nowhere.invalid/x HTTP/1.1")
            }
        }
    }
}
