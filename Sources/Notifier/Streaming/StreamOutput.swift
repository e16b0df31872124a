// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTPTypes

/// What a stream does to its channel; only on the channel's event loop.
final class StreamOutput {
    private let context: ChannelHandlerContext

    init(_ context: ChannelHandlerContext) {
        self.context = context
    }

    /// Whether the channel takes more without piling it up in memory.
    var isWritable: Bool { context.channel.isWritable }

    /// Puts a part of the answer into the channel.
    func write(_ part: HTTPResponsePart) {
        context.write(StreamChannelHandler.wrapOutboundOut(part), promise: nil)
    }

    /// Sends what was put in.
    func flush() {
        context.flush()
    }

    /// Ends the answer and, once it is sent, closes the channel.
    func finish() {
        let sent = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(StreamChannelHandler.wrapOutboundOut(.end(nil)), promise: sent)
        let context = context
        sent.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
}
