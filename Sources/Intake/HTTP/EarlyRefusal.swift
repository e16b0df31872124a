// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore

/// Ends the connection of a request that was refused before its body was read: what the client still
/// sends is for nobody.
enum EarlyRefusal {
    /// For how long what is under way is still taken in and thrown away, as the server does.
    ///
    /// A connection that is closed with unread data is reset, and the client may then never see the
    /// answer (RFC 9112, section 9.6).
    private static let lingering: TimeAmount = .seconds(5)

    /// Has the channel closed after the response: at once for writing, a little later for good.
    static func end(_ channel: any Channel, after response: inout Response) {
        response.headers[.connection] = "close"
        let body = response.body
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(LastWords(writer: writer, channel: channel))
        }
    }

    /// Writes a body and then closes.
    private struct LastWords: ResponseBodyWriter {
        var writer: any ResponseBodyWriter
        let channel: any Channel

        mutating func write(_ buffer: ByteBuffer) async throws {
            try await writer.write(buffer)
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
            try await writer.finish(trailingHeaders)
            channel.close(mode: .output, promise: nil)
            let channel = channel
            channel.eventLoop.scheduleTask(in: EarlyRefusal.lingering) {
                channel.close(promise: nil)
            }
        }
    }
}
