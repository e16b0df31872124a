// SPDX-License-Identifier: Apache-2.0

/// A response whose head has come; its body is still to be read.
///
/// Holding the response, its body or an iterator keeps the transfer alive. When the last of them is
/// dropped before the body's end, the transfer ends and its connection is closed; read a body that
/// is of no interest with `collect(upTo:)` to keep the connection.
public struct CurlResponse: Sendable {
    /// The status code, 200 or above: interim responses are skipped.
    public let status: Int

    /// The head's fields; trailers are left out.
    public let headers: CurlHeaders

    /// The body, to be read once.
    public let body: CurlResponseBody
}
