// SPDX-License-Identifier: Apache-2.0
import Curl
import Testing

@Suite(.timeLimit(.minutes(1))) struct InvalidRequestTests {
    @Test(arguments: [
        ("X-Name\r\nX-Evil", "v"), ("X Name", "v"), ("", "v"), ("X:", "v"), ("Ä", "v"),
        ("X", "v\r\nX-Evil: 1"), ("X", "v\n"), ("X", "\rv"), ("X", "a\0b"), ("X", "\u{7F}"),
        ("X", "\u{1}"), ("Transfer-Encoding", "chunked"), ("expect", "100-continue"),
        ("Content-Length", "4"), ("content-length", "3 "),
    ])
    func `a field that would change the request's meaning is refused`(
        name: String, value: String
    ) async throws {
        try await expectRefusal { url in
            .direct(.post, url, headers: [name: value], body: .text("abc"))
        }
    }

    @Test(arguments: ["", "GET /x", "GET\r\nX-Evil: 1", "GE\0T", "CONNECT", "GÄT"])
    func `a method that is no token is refused`(method: String) async throws {
        try await expectRefusal { .direct(CurlMethod(rawValue: method), $0) }
    }

    @Test func `HEAD with a body and a negative length are refused`() async throws {
        try await expectRefusal { .direct(.head, $0, body: .text("x")) }
        try await expectRefusal {
            .direct(.put, $0, body: .stream(length: -1) { PatternStream(byteCount: 1) })
        }
    }

    @Test(arguments: ["a b", "a\r\nX-Evil: 1", "a\n", "a\0", "ä", "\t"])
    func `a path that could end the request line is refused`(path: String) async throws {
        try await expectRefusal { .direct(.get, $0 + path) }
    }

    @Test(arguments: [
        "", "127.0.0.1", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http:///path",
        "http://user:secret@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1/",
    ])
    func `a URL that names no HTTP resource is refused without repeating it`(
        url: String
    ) async throws {
        try await withClient { client in
            let error = await #expect(throws: CurlError.self) {
                _ = try await client.perform(.direct(.get, url))
            }
            #expect(error?.code == .invalidRequest)
            #expect(error?.description.contains("secret") == false)
        }
    }

    @Test func `a Content-Length that is right is sent once`() async throws {
        try await withRawServer { connection in
            let head = try await connection.readHead()
            let lengths = head.lowercased().split(separator: "\r\n")
                .filter { $0.hasPrefix("content-length") }
            try await connection.write(
                "HTTP/1.1 \(200 + lengths.count) OK\r\nContent-Length: 0\r\n\r\n")
        } _: { server in
            try await withClient { client in
                let request = CurlRequest.direct(
                    .put, server.url, headers: ["content-length": "3"], body: .text("abc"))
                let response = try await client.perform(request)
                #expect(response.status == 201)
            }
        }
    }

    @Test func `descriptions leave out path, query and values`() {
        let request = CurlRequest(
            .get, "https://user@host:8/path?secret", headers: ["Authorization": "secret"])
        #expect("\(request)" == "GET https://host:8")
        #expect("\(request.headers)" == "[Authorization]")
    }

    private func expectRefusal(_ request: @Sendable (String) -> CurlRequest) async throws {
        try await withRawServer { _ in
        } _: { server in
            try await withClient { client in
                try await expect(.invalidRequest) {
                    _ = try await client.perform(request(server.url))
                }
            }
            #expect(server.connections.value == 0)
        }
    }
}
