// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// Answers with an object of the object store, or a part of it, streamed.
struct ObjectResponse {
    let objects: any ObjectStore

    /// The answer with the object at `key`, as far as the request's `Range` goes.
    ///
    /// - Throws: ``ObjectStoreError`` when there is no such object.
    func make(_ key: String, for request: Request, headers: HTTPFields) async throws -> Response {
        guard let object = try await objects.head(key) else {
            throw ObjectStoreError(.notFound, "no object at the key")
        }
        var headers = headers
        headers[.acceptRanges] = "bytes"
        headers.set("X-Content-Type-Options", "nosniff")
        switch ByteRange.requested(by: request.headers[.range], of: object.size) {
        case .everything:
            return Response(
                status: .ok, headers: headers,
                body: object.size == 0 ? ResponseBody() : try await body(key, nil))
        case .part(let range):
            headers[.contentRange] =
                "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(object.size)"
            return Response(
                status: .partialContent, headers: headers, body: try await body(key, range))
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(object.size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
    }

    private func body(_ key: String, _ range: Range<Int64>?) async throws -> ResponseBody {
        let reader = try await objects.get(key, range: range)
        return ResponseBody(contentLength: Int(reader.length)) { writer in
            for try await chunk in reader.body { try await writer.write(ByteBuffer(bytes: chunk)) }
            try await writer.finish(nil)
        }
    }
}
