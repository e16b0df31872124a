// SPDX-License-Identifier: Apache-2.0
import Curl
import Testing

@Suite(.timeLimit(.minutes(1))) struct MalformedResponseTests {
    @Test(arguments: [
        "garbage that is no status line\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nbytes",
        "HTTP/7.5 200 OK\r\n\r\n",
    ])
    func `what is no HTTP response is malformed`(sent: String) async throws {
        #expect(try await failure(of: [sent]) == .malformedResponse)
    }

    @Test func `a head without end is malformed`() async throws {
        let field = "X-Long: " + String(repeating: "x", count: 50_000) + "\r\n"
        let head = ["HTTP/1.1 200 OK\r\n"] + Array(repeating: field, count: 10)
        #expect(try await failure(of: head) == .malformedResponse)
    }

    @Test func `a chunk size that is no number is malformed`() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let failure = try await failure(of: [head, "zz\r\nbody\r\n"])
        #expect(failure == .malformedResponse || failure == .connectionLost)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nX-Half: ", "HTTP/1.1 100 Continue\r\n\r\n"])
    func `a connection that ends before the head is lost`(sent: String) async throws {
        let failure = try await failure(of: sent.isEmpty ? [] : [sent])
        #expect(failure == .connectionLost)
    }

    private func failure(of pieces: [String]) async throws -> CurlError.Code? {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            for piece in pieces { try await connection.write(piece) }
        } _: { server in
            try await withClient { client in
                try await code {
                    _ = try await client.perform(.direct(.get, server.url)).text()
                }
            }
        }
    }
}
