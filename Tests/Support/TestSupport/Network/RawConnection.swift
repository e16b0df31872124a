// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// A connection to a loopback server, byte by byte as a client sees it.
public final class RawConnection: Sendable {
    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        let arrived: TestSignal<ByteBuffer?>

        init(_ arrived: TestSignal<ByteBuffer?>) {
            self.arrived = arrived
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            arrived.send(Self.unwrapInboundIn(data))
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed = event { arrived.send(nil) }
            context.fireUserInboundEventTriggered(event)
        }

        func channelInactive(context: ChannelHandlerContext) {
            arrived.send(nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    private struct State {
        var bytes: [UInt8] = []
        var isClosed = false
    }

    private let channel: any Channel
    private let arrived: TestSignal<ByteBuffer?>
    private let state = Mutex(State())

    private init(_ channel: any Channel, _ arrived: TestSignal<ByteBuffer?>) {
        self.channel = channel
        self.arrived = arrived
    }

    /// Connects; one that doesn't read at first has a small window.
    public static func open(port: Int, reads: Bool = true) async throws -> RawConnection {
        let arrived = TestSignal<ByteBuffer?>()
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Receiver(arrived))
                }
            }
        if !reads {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: 16_384)
        }
        return RawConnection(
            try await bootstrap.connect(host: "127.0.0.1", port: port).get(), arrived)
    }

    /// What has been received so far.
    public var response: RawResponse { RawResponse(state.withLock { $0.bytes }) }

    /// Whether the server has closed the connection, and all it sent was received.
    public var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Sends text as it is.
    public func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Sends text without waiting; the server may close before it has taken all of it.
    public func sendWithoutWaiting(_ text: String) {
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    /// Reads from now on.
    public func startReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    /// Receives until what came satisfies the condition.
    ///
    /// - Throws: `DeadlineExceeded` when it takes too long, also because the server closed.
    @discardableResult
    public func receive(
        _ expectation: String, fileID: String = #fileID, line: Int = #line,
        until isEnough: (RawResponse) -> Bool
    ) async throws -> RawResponse {
        while true {
            let response = response
            if isEnough(response) { return response }
            try await receiveMore(expectation, fileID: fileID, line: line)
        }
    }

    /// Receives until the server closes.
    public func receiveToEnd(fileID: String = #fileID, line: Int = #line) async throws
        -> RawResponse
    {
        while !isClosed { try await receiveMore("the end", fileID: fileID, line: line) }
        return response
    }

    /// Takes in what has arrived already, without waiting.
    public func takePending() async throws {
        for _ in arrived.pending {
            try await receiveMore("what is pending", fileID: #fileID, line: #line)
        }
    }

    /// Closes, in an orderly way.
    public func close() async {
        try? await channel.close()
    }

    private func receiveMore(_ expectation: String, fileID: String, line: Int) async throws {
        let buffer = try await arrived.next(
            within: .seconds(20), expectation, fileID: fileID, line: line)
        state.withLock { state in
            if let buffer {
                state.bytes += Array(buffer.readableBytesView)
            } else {
                state.isClosed = true
            }
        }
    }
}

/// Runs `body` with a connection; closes it on both paths.
public func withConnection<Value>(
    port: Int, reads: Bool = true, _ body: (RawConnection) async throws -> Value
) async throws -> Value {
    let connection = try await RawConnection.open(port: port, reads: reads)
    do {
        let value = try await body(connection)
        await connection.close()
        return value
    } catch {
        await connection.close()
        throw error
    }
}
