// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Model
import NIOCore

/// The heads of the answers to a request for a stream.
///
/// The connection is closed after each.
enum StreamAnswers {
    /// The stream itself: of unknown length, not to be stored, changed or held back by anything on
    /// its way.
    static func stream(_ correlationID: String) -> HTTPResponse {
        var head = head(.ok, correlationID)
        head.headerFields[.contentType] = "text/event-stream; charset=utf-8"
        head.headerFields[.cacheControl] = "no-cache, no-transform"
        set("X-Accel-Buffering", "no", in: &head)
        return head
    }

    /// Nothing more will come: an EventSource doesn't ask again after a 204.
    static func nothing(_ correlationID: String) -> HTTPResponse {
        head(.noContent, correlationID)
    }

    /// A refusal and its body.
    static func refusal(_ status: Int, _ refusal: ErrorResponse) -> (HTTPResponse, ByteBuffer) {
        let body = ByteBuffer(bytes: (try? JSONText.bytes(refusal)) ?? [])
        var head = head(HTTPResponse.Status(code: status), refusal.correlationId)
        head.headerFields[.contentType] = "application/json; charset=utf-8"
        head.headerFields[.contentLength] = String(body.readableBytes)
        if status == 401 { head.headerFields[.wwwAuthenticate] = "Bearer" }
        if status == 503 { head.headerFields[.retryAfter] = "2" }
        return (head, body)
    }

    private static func head(_ status: HTTPResponse.Status, _ correlationID: String) -> HTTPResponse
    {
        var head = HTTPResponse(status: status)
        head.headerFields[.connection] = "close"
        set(CorrelationID.header, correlationID, in: &head)
        return head
    }

    private static func set(_ name: String, _ value: String, in head: inout HTTPResponse) {
        guard let name = HTTPField.Name(name) else { return }
        head.headerFields[name] = value
    }
}
