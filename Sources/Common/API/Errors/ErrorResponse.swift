// SPDX-License-Identifier: Apache-2.0

public import Model

/// The body of every error answer.
public struct ErrorResponse: Hashable, Codable, Sendable {
    /// What is wrong and what to do, in words.
    public let error: String
    /// What is wrong, for programs.
    public let code: String
    /// The request's id, which also stands in the service's log.
    public let correlationId: String
    /// Each thing that is wrong.
    public let details: [Violation]?
    /// The limit that was passed, with `ARCHIVE_TOO_LARGE`.
    public let maxBytes: Int64?

    /// Creates a body.
    public init(
        error: String, code: String, correlationId: String, details: [Violation]? = nil,
        maxBytes: Int64? = nil
    ) {
        self.error = error
        self.code = code
        self.correlationId = correlationId
        self.details = details
        self.maxBytes = maxBytes
    }
}
