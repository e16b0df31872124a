// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix

/// A TCP server on loopback whose connections are scripted byte by byte, for servers that
/// misbehave.
struct RawServer: Sendable {
    let port: Int
    let connections: Counter

    var url: String { "http://127.0.0.1:\(port)/" }
}

/// Serves each connection with `script` while `body` runs; a script's end closes its connection.
///
/// What a script throws is the client's going away, which tests provoke; they look at it from the
/// client's side or by a signal.
func withRawServer<Value: Sendable>(
    _ script: @escaping @Sendable (inout RawConnection) async throws -> Void,
    _ body: @Sendable (RawServer) async throws -> Value
) async throws -> Value {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelOption(.allowRemoteHalfClosure, value: true)
        .bind(host: "127.0.0.1", port: 0) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    let server = RawServer(port: listener.channel.localAddress?.port ?? 0, connections: Counter())
    return try await serveConnections(of: listener) { connection in
        server.connections.add()
        await serve(connection, script)
    } while: {
        try await body(server)
    }
}

private func serve(
    _ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
    _ script: @Sendable (inout RawConnection) async throws -> Void
) async {
    _ = try? await connection.executeThenClose { inbound, _ in
        var scripted = RawConnection(
            channel: connection.channel, inbound: inbound.makeAsyncIterator())
        try await script(&scripted)
    }
}
