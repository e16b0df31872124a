// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Reads one request with its body off a connection.
struct RequestReader {
    var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var unread: [UInt8] = []

    init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    /// The request; nil when the client goes away before its end.
    mutating func read() async throws -> LoopbackRequest? {
        guard let head = try await readHead() else { return nil }
        let fields = LoopbackRequest.fields(head.split(separator: "\r\n").map(String.init))
        if fields["expect"]?.lowercased() == "100-continue" {
            try await outbound.write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
        }
        let length = fields["content-length"].flatMap(Int.init) ?? 0
        while unread.count < length {
            guard try await readMore() else { return nil }
        }
        return LoopbackRequest(head: head, body: Array(unread.prefix(length)))
    }

    private mutating func readHead() async throws -> String? {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        while true {
            if let range = unread.firstRange(of: end) {
                defer { unread.removeSubrange(..<range.upperBound) }
                return String(decoding: unread[..<range.lowerBound], as: UTF8.self)
            }
            guard try await readMore() else { return nil }
        }
    }

    private mutating func readMore() async throws -> Bool {
        guard let more = try await inbound.next() else { return false }
        unread += more.readableBytesView
        return true
    }
}
