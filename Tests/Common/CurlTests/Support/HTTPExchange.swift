// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1

/// One request at an `HTTPServer` and its answer.
struct HTTPExchange {
    let head: HTTPRequestHead
    var parts: NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    private var isRead = false
    private var isEnded = false

    init(
        head: HTTPRequestHead,
        parts: NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) {
        self.head = head
        self.parts = parts
        self.outbound = outbound
    }

    /// The next piece of the request's body, `nil` at its end.
    mutating func nextChunk() async throws -> [UInt8]? {
        guard !isRead, case .body(let chunk)? = try await parts.next() else {
            isRead = true
            return nil
        }
        return Array(buffer: chunk)
    }

    /// The whole body of the request.
    mutating func readBody() async throws -> [UInt8] {
        var body: [UInt8] = []
        while let chunk = try await nextChunk() { body += chunk }
        return body
    }

    func start(_ status: HTTPResponseStatus = .ok, _ headers: HTTPHeaders = [:]) async throws {
        try await outbound.write(
            .head(HTTPResponseHead(version: .http1_1, status: status, headers: headers)))
    }

    func write(_ bytes: [UInt8]) async throws {
        try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: bytes))))
    }

    /// Ends the answer, with trailers if there are any.
    mutating func end(_ trailers: HTTPHeaders? = nil) async throws {
        isEnded = true
        try await outbound.write(.end(trailers))
    }

    /// A whole answer at once, after the request's body was read.
    mutating func answer(
        _ status: HTTPResponseStatus = .ok, _ headers: HTTPHeaders = [:], _ body: String = ""
    ) async throws {
        while try await nextChunk() != nil {}
        var headers = headers
        headers.replaceOrAdd(name: "content-length", value: String(body.utf8.count))
        try await start(status, headers)
        try await write(Array(body.utf8))
        try await end()
    }

    /// Reads what is left of the request and ends the answer if the handler didn't.
    mutating func finish() async throws {
        while try await nextChunk() != nil {}
        if !isEnded { try await end() }
    }
}
