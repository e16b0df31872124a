// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP/1.1 server on loopback that behaves, with SwiftNIO's parser and persistent connections.
struct HTTPServer: Sendable {
    let port: Int
    let connections: Counter

    var url: String { "http://127.0.0.1:\(port)/" }
}

typealias HTTPServerChannel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

/// Answers each request with `handler` while `body` runs.
func withHTTPServer<Value: Sendable>(
    _ handler: @escaping @Sendable (inout HTTPExchange) async throws -> Void,
    _ body: @Sendable (HTTPServer) async throws -> Value
) async throws -> Value {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(host: "127.0.0.1", port: 0) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                return try HTTPServerChannel(wrappingChannelSynchronously: channel)
            }
        }
    let server = HTTPServer(port: listener.channel.localAddress?.port ?? 0, connections: Counter())
    return try await serveConnections(of: listener) { connection in
        server.connections.add()
        await serve(connection, handler)
    } while: {
        try await body(server)
    }
}

/// Serves one connection's requests in turn; an error is the client's going away.
private func serve(
    _ connection: HTTPServerChannel,
    _ handler: @Sendable (inout HTTPExchange) async throws -> Void
) async {
    _ = try? await connection.executeThenClose { inbound, outbound in
        var parts = inbound.makeAsyncIterator()
        while case .head(let head)? = try await parts.next() {
            var exchange = HTTPExchange(head: head, parts: parts, outbound: outbound)
            try await handler(&exchange)
            try await exchange.finish()
            parts = exchange.parts
        }
    }
}
