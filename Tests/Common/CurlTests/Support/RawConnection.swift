// SPDX-License-Identifier: Apache-2.0
import Glibc
import NIOCore
import Testing

/// One connection of a `RawServer`.
struct RawConnection {
    struct Ended: Error {}

    let channel: any Channel
    var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var unread = ByteBuffer()

    init(
        channel: any Channel, inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    ) {
        self.channel = channel
        self.inbound = inbound
    }

    /// Reads up to and with the blank line.
    mutating func readHead() async throws -> String {
        while true {
            let text = String(buffer: unread)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = String(text[..<end.upperBound])
                unread.moveReaderIndex(forwardBy: head.utf8.count)
                return head
            }
            try await readMore()
        }
    }

    /// Reads exactly so many bytes.
    mutating func read(_ count: Int) async throws -> [UInt8] {
        while unread.readableBytes < count { try await readMore() }
        return unread.readBytes(length: count) ?? []
    }

    /// Reads exactly so many bytes and forgets them.
    mutating func discard(_ count: Int) async throws {
        var left = count
        while true {
            let found = min(left, unread.readableBytes)
            unread.moveReaderIndex(forwardBy: found)
            left -= found
            guard left > 0 else { return }
            unread.clear()
            try await readMore()
        }
    }

    /// Reads, and forgets, until the client closes or resets.
    mutating func readToEnd() async {
        unread.clear()
        while let more = try? await inbound.next() { _ = more }
    }

    func write(_ text: String) async throws {
        try await write(Array(text.utf8))
    }

    /// Writes, and waits until the kernel has taken it all: a script's end closes at once.
    func write(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Closes with a TCP reset instead of an orderly end.
    func reset() async throws {
        let options = try #require(channel as? any SocketOptionProvider)
        try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }

    private mutating func readMore() async throws {
        guard var more = try await inbound.next() else { throw Ended() }
        unread.writeBuffer(&more)
    }
}
