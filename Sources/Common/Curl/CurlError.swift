// SPDX-License-Identifier: Apache-2.0

/// Why a request or its response's body could not be had.
///
/// `code` is what a program decides by. `reason` is a sentence for people: it may name host and
/// port, but never a path, a query, a header or a body. `curlCode` is libcurl's own number where
/// libcurl reported the failure; `cause` is what the request's body threw.
public struct CurlError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public let code: Code

    /// One sentence for people, without secrets.
    public let reason: String

    /// The number that libcurl gave, if the failure is libcurl's.
    public let curlCode: CurlCode?

    /// The error beneath this one, for `bodyFailed` what the stream threw.
    public let cause: (any Error)?

    /// Describes a failure.
    public init(
        _ code: Code, reason: String, curlCode: CurlCode? = nil, cause: (any Error)? = nil
    ) {
        self.code = code
        self.reason = reason
        self.curlCode = curlCode
        self.cause = cause
    }

    /// The code, the reason and libcurl's number in one line, without `cause`.
    public var description: String {
        let number = curlCode.map { " (curl \($0.rawValue))" } ?? ""
        return "\(code): \(reason)\(number)"
    }
}

extension CurlError {
    /// A kind of failure; new ones may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String

        /// The name of the static member.
        public var description: String { name }

        /// The request can't be sent as it is: a forbidden byte in URL, method or header, a scheme
        /// other than `http` and `https`, credentials in the URL, a contradictory length.
        ///
        /// Nothing was sent.
        public static let invalidRequest = Code(name: "invalidRequest")

        /// The name of the host, or of the proxy, has no address.
        ///
        /// Nothing was sent.
        public static let couldNotResolve = Code(name: "couldNotResolve")

        /// No connection to host or proxy: refused, unreachable, or the proxy declined.
        ///
        /// Nothing was sent.
        public static let couldNotConnect = Code(name: "couldNotConnect")

        /// The connection was not made within `connectTimeout`.
        ///
        /// Nothing was sent.
        public static let connectTimeout = Code(name: "connectTimeout")

        /// The TLS handshake failed, the certificate is not trusted or a TLS file can't be read.
        ///
        /// Nothing was sent.
        public static let tls = Code(name: "tls")

        /// The transfer was not over within `deadline`.
        public static let deadlineExceeded = Code(name: "deadlineExceeded")

        /// No byte moved in either direction for `stallTimeout`.
        public static let stalled = Code(name: "stalled")

        /// The connection ended before the response did: reset, closed early, or a body shorter
        /// than announced.
        public static let connectionLost = Code(name: "connectionLost")

        /// What the server sent is not an HTTP response, or its head is over the limit.
        public static let malformedResponse = Code(name: "malformedResponse")

        /// More redirects than the request allows.
        public static let tooManyRedirects = Code(name: "tooManyRedirects")

        /// The stream of the request's body threw, or did not have the length it announced.
        public static let bodyFailed = Code(name: "bodyFailed")

        /// The response's body is longer than the caller allowed.
        public static let bodyTooLarge = Code(name: "bodyTooLarge")

        /// Two tasks read one response body at the same time.
        public static let bodyInUse = Code(name: "bodyInUse")

        /// The task was cancelled, or the response was dropped before its body's end.
        public static let cancelled = Code(name: "cancelled")

        /// The client was closed.
        public static let closed = Code(name: "closed")

        /// libcurl failed in a way that no other code names; see `curlCode`.
        public static let library = Code(name: "library")
    }

    /// Whether time ran out: while connecting, in the whole, or without a byte moving.
    public var isTimeout: Bool {
        code == .connectTimeout || code == .deadlineExceeded || code == .stalled
    }
}

extension CurlError {
    static var cancelled: CurlError {
        CurlError(.cancelled, reason: "The request was cancelled.")
    }

    static var closed: CurlError {
        CurlError(.closed, reason: "The client is closed.")
    }
}
