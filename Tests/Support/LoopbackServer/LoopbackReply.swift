// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The server's side of one connection, which serves one request and is then closed.
public struct LoopbackReply: Sendable {
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Sends bytes as they are.
    public func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Sends text as it is.
    public func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// Sends a whole answer.
    public func answer(
        _ status: Int = 200, headers: [(String, String)] = [], body: [UInt8] = []
    ) async throws {
        var fields = headers
        // Neither may an answer without content name its length (RFC 9110, section 8.6).
        if status != 204 { fields.append(("Content-Length", String(body.count))) }
        try await head(status, headers: fields)
        if !body.isEmpty { try await send(body) }
    }

    /// Sends an answer of JSON text.
    public func answer(
        _ status: Int = 200, headers: [(String, String)] = [], json: String
    ) async throws {
        let type = ("Content-Type", "application/json")
        try await answer(status, headers: headers + [type], body: Array(json.utf8))
    }

    /// Sends the head of an answer that ends with its connection.
    public func head(_ status: Int = 200, headers: [(String, String)] = []) async throws {
        let fields = (headers + [("Connection", "close")]).map { "\($0): \($1)\r\n" }.joined()
        try await send("HTTP/1.1 \(status) Status\r\n\(fields)\r\n")
    }
}
