// SPDX-License-Identifier: Apache-2.0

/// What a request carries: nothing, bytes at hand, or a stream pulled as the network takes it.
public struct CurlRequestBody: Sendable {
    /// Takes one chunk; false when no more are wanted.
    typealias Sink = @Sendable ([UInt8]) async -> Bool

    enum Content: Sendable {
        case none
        case bytes([UInt8])
        case stream(length: Int64?, feed: @Sendable (Sink) async throws -> Void)
    }

    let content: Content

    /// No body; POST, PUT and PATCH then send `Content-Length: 0`.
    public static let none = CurlRequestBody(content: .none)

    /// Bytes that are in memory anyway.
    public static func bytes(_ bytes: [UInt8]) -> CurlRequestBody {
        CurlRequestBody(content: .bytes(bytes))
    }

    /// The UTF-8 of a text.
    public static func text(_ text: String) -> CurlRequestBody {
        .bytes(Array(text.utf8))
    }

    /// Chunks that are pulled one by one while the network takes them.
    ///
    /// At most 64 KiB, one chunk and libcurl's own buffer of 64 KiB are in memory. `makeBody` is
    /// called when the first byte is wanted, and again when the body must be sent anew: after a
    /// redirect, or when a kept connection turned out to be dead. It must then yield the same
    /// bytes. The sequence runs in a task of its own that inherits priority and task locals from
    /// `perform`; it is cancelled as soon as no more is wanted, be it that the request was
    /// cancelled or that the server has refused it.
    ///
    /// With a `length` exactly so many bytes are pulled: a stream that ends before, or a chunk that
    /// crosses it, fails the request with `bodyFailed`. Without one the body is sent chunked.
    public static func stream<Body: AsyncSequence & SendableMetatype>(
        length: Int64? = nil, _ makeBody: @escaping @Sendable () -> Body
    ) -> CurlRequestBody
    where Body.Element == [UInt8], Body.AsyncIterator: SendableMetatype {
        CurlRequestBody(
            content: .stream(length: length) { sink in
                for try await chunk in makeBody() {
                    guard await sink(chunk) else { return }
                }
            })
    }
}
