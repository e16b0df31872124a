// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TestSupport

/// Tells the test of a connection of the server, and gives it a small buffer in the kernel, so that what
/// a slow client leaves is found in the process.
final class ServerChannelProbe: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let channels: TestSignal<any Channel>

    init(_ channels: TestSignal<any Channel>) {
        self.channels = channels
    }

    func handlerAdded(context: ChannelHandlerContext) {
        context.channel.setOption(.socketOption(.so_sndbuf), value: 16_384).whenFailure { _ in }
        channels.send(context.channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(data)
    }
}
