// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes
import Synchronization

/// The body that a request says it has; knows whether it was read to its end.
///
/// A client that waits with it for `100 Continue` (RFC 9110, section 10.1.1) is asked for it when
/// somebody begins to read, so that a refusal that comes before costs no transfer.
final class AnnouncedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private let body: RequestBody
    private let isAwaited: Bool
    private let channel: any Channel
    private let hasEnded = Mutex(false)

    /// Wraps the body of a request that came on `channel`; nil when it has none.
    init?(of request: Request, on channel: any Channel) {
        let length = request.headers[.contentLength]
        guard request.headers[.transferEncoding] != nil || (length != nil && length != "0") else {
            return nil
        }
        body = request.body
        isAwaited = request.headers[.expect]?.lowercased() == "100-continue"
        self.channel = channel
    }

    /// Whether it was read to its end.
    var isRead: Bool { hasEnded.withLock { $0 } }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(iterator: body.makeAsyncIterator(), body: self)
    }

    private func begin() {
        guard isAwaited else { return }
        let head = HTTPResponsePart.head(HTTPResponse(status: .continue))
        channel.writeAndFlush(head, promise: nil)
    }

    private func end() {
        hasEnded.withLock { $0 = true }
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var iterator: RequestBody.AsyncIterator
        let body: AnnouncedBody
        var hasBegun = false

        mutating func next() async throws -> ByteBuffer? {
            if !hasBegun {
                hasBegun = true
                body.begin()
            }
            let buffer = try await iterator.next()
            if buffer == nil { body.end() }
            return buffer
        }
    }
}
