// SPDX-License-Identifier: Apache-2.0

/// One HTTP/1.1 request: what to send, where to, and how long to try.
///
/// Nothing is checked before `CurlClient.perform`, which refuses a request with a byte that could
/// end a line (in URL, method or header) before anything is sent.
public struct CurlRequest: Sendable, CustomStringConvertible {
    /// The method; default `GET`.
    public var method: CurlMethod

    /// An absolute `http` or `https` URL in visible ASCII, everything else percent-encoded, without
    /// user name and password.
    ///
    /// It is sent as written, dot segments included.
    public var url: String

    /// The fields to send, in this order.
    ///
    /// `Host`, `Accept` and, with a body, the framing fields are made here; a `Host` or `Accept` of
    /// one's own takes the place of the made one. `Content-Length` must be the body's; a
    /// `Transfer-Encoding` or `Expect` is refused.
    public var headers: CurlHeaders

    /// The body; default none.
    public var body: CurlRequestBody

    /// How long the way to a connection may take: name, connect, TLS (default 30 seconds).
    public var connectTimeout: Duration = .seconds(30)

    /// How long everything may take, from `perform` to the last byte of the response's body read
    /// from the network (default: no limit).
    public var deadline: Duration?

    /// How long neither side may send a byte (default: no limit).
    ///
    /// Waiting for this program's own code, be it the reader of the response or the stream of the
    /// request's body, does not count.
    public var stallTimeout: Duration?

    /// How long an upload of unknown length or over 1 MiB waits for the server's `100 Continue`
    /// before it sends the body all the same (default 1 second); `nil` asks for none, and sends at
    /// once.
    ///
    /// Until then the body's stream is not pulled, so a refusal costs nothing. A refusal under way
    /// stops the stream and is delivered too, unless the server also resets the connection at once:
    /// then it may be seen as `connectionLost`.
    public var continueTimeout: Duration? = .seconds(1)

    /// How many redirects to follow (default 0: a redirect is an answer like any other).
    ///
    /// `Authorization` stays behind when host, port or scheme change; other fields don't. A stream
    /// is made anew for each request that takes it along. 303, and for POST 301 and 302, continue
    /// with GET; methods other than GET, HEAD, POST and PUT keep their name.
    public var maximumRedirects = 0

    /// Whether compression is offered to the server and undone (default off).
    ///
    /// The headers still describe what the server sent.
    public var decompresses = false

    /// Whether a connection that is already open may serve this request (default on).
    ///
    /// When the server closes such a connection without a byte of answer, libcurl sends the request
    /// once more on a new one, whatever its method; a connection that breaks while the body is
    /// still being sent is `connectionLost`. Off: at most one attempt.
    public var reusesConnection = true

    /// Whom to trust.
    public var tls = CurlTLS()

    /// Which proxy to take; default what the environment says.
    public var proxy = CurlProxy.environment

    /// Describes a request; every other property has a default to be changed afterwards.
    public init(
        _ method: CurlMethod = .get, _ url: String, headers: CurlHeaders = [:],
        body: CurlRequestBody = .none
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// Method and origin, without path, query and headers.
    public var description: String {
        "\(method.rawValue) \(origin)"
    }

    /// Scheme, host and port: all that an error may say of the URL.
    var origin: String {
        guard let separator = url.firstRange(of: "://") else { return "?" }
        let rest = url[separator.upperBound...].prefix { !"/?#".contains($0) }
        let host = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
        return String(url[..<separator.upperBound] + host)
    }
}
