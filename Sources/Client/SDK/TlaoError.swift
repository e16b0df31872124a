// SPDX-License-Identifier: Apache-2.0

public import API
public import Model

/// Says why a call failed: the server's refusal, or that the server couldn't be asked.
public struct TlaoError: Error, Sendable {
    /// What is wrong, for programs: one of the API's codes, or one of the client's own.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code as text.
        public let description: String

        /// Names a code.
        public init(_ text: String) {
            description = text
        }

        /// One of the API's codes.
        public init(_ code: ErrorCode) {
            description = code.rawValue
        }

        /// The server couldn't be reached, or the connection broke.
        public static let unreachable = Code("UNREACHABLE")
        /// The server's certificate is not trusted, or TLS failed.
        public static let tls = Code("TLS")
        /// The server didn't answer in time.
        public static let timedOut = Code("TIMED_OUT")
        /// What answered doesn't speak this API.
        public static let unexpectedAnswer = Code("UNEXPECTED_ANSWER")
        /// What was downloaded isn't what was announced.
        public static let contentMismatch = Code("CONTENT_MISMATCH")
        /// A local file can't be read or written.
        public static let localFile = Code("LOCAL_FILE")
        /// The call was cancelled.
        public static let cancelled = Code("CANCELLED")
    }

    /// What is wrong, for programs.
    public let code: Code
    /// The HTTP status; nil when there was no answer.
    public let status: Int?
    /// What is wrong and what to do, in words.
    public let message: String
    /// The request it belongs to: method and path, without query.
    public let request: String
    /// The id under which the server logged the request; nil when there was no answer.
    public let correlationID: String?
    /// Each thing that is wrong with the request.
    public let details: [Violation]
    /// The limit that was passed, with `ARCHIVE_TOO_LARGE`.
    public let maxBytes: Int64?
    /// After how many seconds the server wants to be asked again.
    public let retryAfter: Int?
    /// What caused it, where something else did.
    public let cause: (any Error)?

    /// Creates an error.
    public init(
        _ code: Code, status: Int? = nil, message: String, request: String,
        correlationID: String? = nil,
        details: [Violation] = [], maxBytes: Int64? = nil, retryAfter: Int? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.status = status
        self.message = message
        self.request = request
        self.correlationID = correlationID
        self.details = details
        self.maxBytes = maxBytes
        self.retryAfter = retryAfter
        self.cause = cause
    }
}

extension TlaoError: CustomStringConvertible {
    /// Shows request, status, code, message and correlation id.
    public var description: String {
        let status = status.map { " → \($0)" } ?? ""
        let correlation = correlationID.map { " (correlation id \($0))" } ?? ""
        return "\(request)\(status) \(code): \(message)\(correlation)"
    }
}
