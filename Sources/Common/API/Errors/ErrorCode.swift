// SPDX-License-Identifier: Apache-2.0

/// The codes of error answers, with the status each is sent with.
public enum ErrorCode: String, CaseIterable, Codable, Sendable {
    /// Something in the request is wrong; `details` name everything that is.
    case validationFailed = "VALIDATION_FAILED"
    /// There is no valid token.
    case authenticationRequired = "AUTHENTICATION_REQUIRED"
    /// The resource belongs to somebody else, or the role doesn't allow it.
    case forbidden = "FORBIDDEN"
    /// There is no such resource, or no such route.
    case notFound = "NOT_FOUND"
    /// The resource's state doesn't allow it.
    case conflict = "CONFLICT"
    /// The workspace archive is over the limit.
    case archiveTooLarge = "ARCHIVE_TOO_LARGE"
    /// No executor can do this kind of work.
    case noExecutor = "NO_EXECUTOR"
    /// The idempotency key was used for another request.
    case idempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED"
    /// The workspace has had its runs of the day.
    case quotaExceeded = "QUOTA_EXCEEDED"
    /// Too many requests.
    case rateLimited = "RATE_LIMITED"
    /// The record store failed.
    case storeFailure = "STORE_FAILURE"
    /// Something this service needs is away.
    case unavailable = "UNAVAILABLE"
    /// It took too long.
    case timeout = "TIMEOUT"
    /// A fault of the service itself.
    case `internal` = "INTERNAL"

    /// The status it is sent with, unless the answer is about the request's form (405, 413, 415,
    /// …).
    public var status: Int {
        switch self {
        case .validationFailed: 400
        case .authenticationRequired: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict: 409
        case .archiveTooLarge: 413
        case .noExecutor, .idempotencyKeyReused: 422
        case .quotaExceeded, .rateLimited: 429
        case .storeFailure, .internal: 500
        case .unavailable: 503
        case .timeout: 504
        }
    }
}
