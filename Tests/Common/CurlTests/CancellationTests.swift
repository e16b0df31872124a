// SPDX-License-Identifier: Apache-2.0
import Curl
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    @Test func `a task cancelled beforehand sends nothing`() async throws {
        try await withRawServer { _ in
        } _: { server in
            try await withClient { client in
                let isCancelled = Signal()
                let task = Task {
                    await isCancelled.wait()
                    _ = try await client.perform(.direct(.get, server.url))
                }
                task.cancel()
                isCancelled.give()
                try await expect(.cancelled) { try await task.value }
                #expect(server.connections.value == 0)
            }
        }
    }

    @Test func `a request that waits for a connection is cancelled`() async throws {
        let isBusy = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\n\r\nendless")
            isBusy.give()
            await connection.readToEnd()
        } _: { server in
            try await withClient({ $0.maximumConnections = 1 }) { client in
                let busy = try await client.perform(.direct(.get, server.url))
                await isBusy.wait()
                let isStarted = Signal()
                let task = Task {
                    isStarted.give()
                    _ = try await client.perform(.direct(.get, server.url))
                }
                await isStarted.wait()
                task.cancel()
                try await expect(.cancelled) { try await task.value }
                #expect(server.connections.value == 1)
                #expect(busy.status == 200)
            }
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nX-Half: ", "HTTP/1.1 100 Continue\r\n\r\n"])
    func `a request is cancelled before its head is whole`(sent: String) async throws {
        let isAsked = Signal()
        let isGone = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            if !sent.isEmpty { try await connection.write(sent) }
            isAsked.give()
            await connection.readToEnd()
            isGone.give()
        } _: { server in
            try await withClient { client in
                let task = Task { _ = try await client.perform(.direct(.get, server.url)) }
                await isAsked.wait()
                task.cancel()
                try await expect(.cancelled) { try await task.value }
                await isGone.wait()
            }
        }
    }

    @Test func `a reader is cancelled in the middle of a body`() async throws {
        let isGone = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\n\r\nfirst")
            await connection.readToEnd()
            isGone.give()
        } _: { server in
            try await withClient { client in
                let isReading = Signal()
                let response = try await client.perform(.direct(.get, server.url))
                let task = Task {
                    for try await _ in response.body { isReading.give() }
                }
                await isReading.wait()
                task.cancel()
                try await expect(.cancelled) { try await task.value }
                await isGone.wait()
            }
        }
    }

    @Test func `cancelling ends the stream of the request's body`() async throws {
        let isSent = Signal()
        let isEnded = Signal()
        try await withRawServer { connection in
            _ = try await connection.readHead()
            _ = try await connection.read(3)
            isSent.give()
            await connection.readToEnd()
        } _: { server in
            try await withClient { client in
                let body = CurlRequestBody.stream {
                    AsyncStream<[UInt8]> { continuation in
                        continuation.onTermination = { _ in isEnded.give() }
                        continuation.yield([1, 2, 3])
                    }
                }
                let task = Task {
                    var request = CurlRequest.direct(.post, server.url, body: body)
                    request.continueTimeout = nil
                    _ = try await client.perform(request)
                }
                await isSent.wait()
                task.cancel()
                try await expect(.cancelled) { try await task.value }
                await isEnded.wait()
            }
        }
    }
}
