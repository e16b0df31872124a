// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Model
import NIOCore

/// Makes answers of values.
enum Answers {
    /// A value as JSON.
    ///
    /// - Throws: `EncodingError` when it can't be said in JSON.
    static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, location: String? = nil
    ) throws -> Response {
        var headers: HTTPFields = [.contentType: "application/json; charset=utf-8"]
        headers.set("X-Content-Type-Options", "nosniff")
        if let location { headers[.location] = location }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONText.bytes(value))))
    }

    /// A page of a list as JSON, with a `Link` to the next one (RFC 8288).
    ///
    /// - Throws: `EncodingError` when it can't be said in JSON.
    static func page(
        _ value: some Encodable, next cursor: String?, of request: Request
    ) throws -> Response {
        var response = try json(value)
        if let cursor {
            let others =
                request.uri.query.map {
                    $0.split(separator: "&").filter { !$0.hasPrefix("cursor=") }.joined(
                        separator: "&")
                } ?? ""
            let query = others.isEmpty ? "cursor=\(cursor)" : "\(others)&cursor=\(cursor)"
            response.headers.set("Link", "<\(request.uri.path)?\(query)>; rel=\"next\"")
        }
        return response
    }
}
