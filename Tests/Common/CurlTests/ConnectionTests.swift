// SPDX-License-Identifier: Apache-2.0
import Curl
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    @Test func `requests in a row share one connection`() async throws {
        try await withHTTPServer { exchange in
            try await exchange.answer(.ok, [:], "ok")
        } _: { server in
            try await withClient { client in
                for number in 0..<20 {
                    let body = CurlRequestBody.text("\(number)")
                    let response = try await client.perform(
                        .direct(number % 2 == 0 ? .get : .post, server.url, body: body))
                    #expect(try await response.text() == "ok")
                }
                #expect(server.connections.value == 1)
                var request = CurlRequest.direct(.get, server.url)
                request.reusesConnection = false
                let fresh = try await client.perform(request)
                #expect(try await fresh.text() == "ok")
                #expect(server.connections.value == 2)
            }
        }
    }

    @Test func `a limit on connections lets further requests wait their turn`() async throws {
        try await withHTTPServer { exchange in
            try await exchange.answer(.ok, [:], "ok")
        } _: { server in
            try await withClient({ $0.maximumConnectionsPerHost = 2 }) { client in
                try await withThrowingTaskGroup(of: String.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            try await client.perform(.direct(.get, server.url)).text()
                        }
                    }
                    for try await text in group { #expect(text == "ok") }
                }
                #expect(server.connections.value <= 2)
            }
        }
    }

    @Test func `a hundred endless responses are served at once`() async throws {
        let open = Counter()
        let isTold = Signal()
        try await withHTTPServer { exchange in
            try await exchange.start(.ok, ["content-type": "text/event-stream"])
            open.add()
            await isTold.wait()
            try await exchange.write(Array(exchange.head.uri.utf8))
        } _: { server in
            try await withClient { client in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<100 {
                        group.addTask {
                            let url = server.url + "\(number)"
                            return try await client.perform(.direct(.get, url)).text()
                                == "/\(number)"
                        }
                    }
                    await open.wait(for: 100)
                    isTold.give()
                    for try await isRight in group { #expect(isRight) }
                }
            }
        }
    }

    @Test func `a refused port and an unknown name have codes of their own`() async throws {
        let port = try await unusedPort()
        try await withClient { client in
            let refused = await #expect(throws: CurlError.self) {
                _ = try await client.perform(
                    .direct(.get, "http://127.0.0.1:\(port)/secret?token=secret"))
            }
            #expect(refused?.code == .couldNotConnect)
            #expect(refused?.curlCode == CurlCode(rawValue: 7))
            #expect(refused?.description.contains("secret") == false)
            try await expect(.couldNotResolve) {
                _ = try await client.perform(.direct(.get, "http://nowhere.invalid/"))
            }
        }
    }

    @Test func `a server without TLS fails the handshake`() async throws {
        try await withRawServer { connection in
            try await connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
        } _: { server in
            try await withClient { client in
                let url = "https://127.0.0.1:\(server.port)/"
                try await expect(.tls) { _ = try await client.perform(.direct(.get, url)) }
            }
        }
    }

    @Test func `closing ends outstanding transfers and refuses new ones`() async throws {
        try await withRawServer { connection in
            let head = try await connection.readHead()
            if head.hasPrefix("GET /body") {
                try await connection.write("HTTP/1.1 200 OK\r\n\r\n")
            }
            await connection.readToEnd()
        } _: { server in
            let client = try CurlClient()
            let response = try await client.perform(.direct(.get, server.url + "body"))
            let reading = Task { _ = try await response.body.collect(upTo: 9) }
            let asking = Task { _ = try await client.perform(.direct(.get, server.url + "head")) }
            await server.connections.wait(for: 2)
            async let closing: Void = client.close()
            await client.close()
            await closing
            try await expect(.closed) { try await reading.value }
            try await expect(.closed) { try await asking.value }
            try await expect(.closed) { _ = try await client.perform(.direct(.get, server.url)) }
        }
    }

    @Test func `a client that is dropped ends its transfers`() async throws {
        let isGone = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\n\r\n")
            await connection.readToEnd()
            isGone.give()
        } _: { server in
            let response = try await CurlClient().perform(.direct(.get, server.url))
            try await expect(.closed) { _ = try await response.body.collect(upTo: 9) }
            await isGone.wait()
        }
    }

    private func unusedPort() async throws -> Int {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = listener.localAddress?.port
        try await listener.close().get()
        return try #require(port)
    }
}
