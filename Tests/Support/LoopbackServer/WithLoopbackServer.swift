// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Answers every request with `handler` while `body` runs.
///
/// What a handler throws closes its connection: usually it is the client's going away, which tests
/// provoke. What must hold is looked at in `body`.
public func withLoopbackServer<Value: Sendable>(
    _ handler: @escaping @Sendable (LoopbackRequest, LoopbackReply) async throws -> Void,
    _ body: @Sendable (LoopbackServer) async throws -> Value
) async throws -> Value {
    // A connection that nobody serves any more must be nothing but a channel: an asynchronous one
    // that is dropped unused traps. So it becomes one when it is served, and reads nothing before.
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelOption(.autoRead, value: false)
        .bind(host: "127.0.0.1", port: 0) { channel in
            channel.eventLoop.makeSucceededFuture(channel)
        }
    let server = LoopbackServer(port: listener.channel.localAddress?.port ?? 0)
    return try await listener.executeThenClose { arrivals in
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await withThrowingDiscardingTaskGroup { connections in
                    for try await connection in arrivals {
                        connections.addTask { await serve(connection, handler) }
                    }
                }
            }
            defer { group.cancelAll() }
            return try await body(server)
        }
    }
}

private func serve(
    _ channel: any Channel,
    _ handler: @Sendable (LoopbackRequest, LoopbackReply) async throws -> Void
) async {
    let connection = try? await channel.eventLoop.submit {
        let connection = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel)
        try channel.syncOptions?.setOption(.autoRead, value: true)
        return connection
    }.get()
    _ = try? await connection?.executeThenClose { inbound, outbound in
        var reader = RequestReader(inbound: inbound.makeAsyncIterator(), outbound: outbound)
        guard let request = try await reader.read() else { return }
        try await handler(request, LoopbackReply(outbound: outbound))
        outbound.finish()
    }
}
