// SPDX-License-Identifier: Apache-2.0

import API
import Access
import HTTPTypes
import Hummingbird
import Logging
import Model
import NIOCore
import Storage

/// Turns errors into answers: the only place that knows which status an error has.
enum ErrorResponses {
    /// The answer to a request that ended in `error`; logs, once, what the service itself is to
    /// blame for.
    static func response(to error: any Error, on request: Request, _ context: IntakeRequestContext)
        -> Response
    {
        let (status, refusal) = refusal(for: error)
        if status.code >= 500 {
            context.logger.error(
                "Request failed",
                metadata: [
                    "operation": "\(request.method) \(context.endpointPath ?? "unknown route")",
                    "error": "\(error)", "status": "\(status.code)",
                ])
        }
        let body = ErrorResponse(
            error: refusal.message, code: refusal.code.rawValue,
            correlationId: context.correlationID,
            details: refusal.details, maxBytes: refusal.maxBytes)
        var response = Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: (try? JSONText.bytes(body)) ?? [])))
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if let seconds = refusal.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private static func refusal(for error: any Error) -> (HTTPResponse.Status, Refusal) {
        switch error {
        case let error as Refusal: return answered(error)
        case let error as Violations:
            return answered(
                Refusal(
                    .validationFailed,
                    "The request has \(error.list.count == 1 ? "a mistake" : "mistakes"); see details.",
                    details: error.list))
        case let error as AccessError: return answered(refusal(error))
        case let error as NoExecutor: return answered(Refusal(.noExecutor, error.description))
        case let error as TableError: return answered(refusal(error))
        case let error as ObjectStoreError: return answered(refusal(error))
        case let error as any HTTPResponseError: return refusal(error)
        case is CancellationError:
            return answered(
                Refusal(.unavailable, "The service is shutting down; try again.", retryAfter: 2))
        default:
            return answered(Refusal(.internal, "Something went wrong here, not in the request."))
        }
    }

    private static func answered(_ refusal: Refusal) -> (HTTPResponse.Status, Refusal) {
        (HTTPResponse.Status(code: refusal.code.status), refusal)
    }

    private static func refusal(_ error: AccessError) -> Refusal {
        switch error.code {
        case .forbidden: Refusal(.forbidden, error.reason)
        case .notFound: Refusal(.notFound, error.reason)
        case .undecided: Refusal(.unavailable, error.reason, retryAfter: 2)
        case .misconfigured: Refusal(.internal, "Something went wrong here, not in the request.")
        default: Refusal(.authenticationRequired, error.reason)
        }
    }

    private static func refusal(_ error: TableError) -> Refusal {
        switch error.code {
        case .contention, .throttled, .unavailable, .unknownOutcome:
            Refusal(.unavailable, "The record store is busy or away; try again.", retryAfter: 2)
        default: Refusal(.storeFailure, "The record store failed.")
        }
    }

    private static func refusal(_ error: ObjectStoreError) -> Refusal {
        switch error.code {
        case .notFound, .invalidKey: Refusal(.notFound, "There is no such object.")
        case .forbidden: Refusal(.forbidden, "The URL is wrong or has expired; ask for a new one.")
        case .contentMismatch:
            Refusal(.validationFailed, "The body is not what was announced: \(error.reason).")
        case .bodyFailed: Refusal(.validationFailed, "The body ended early.")
        case .noSpace: Refusal(.unavailable, "The object store has no room left.", retryAfter: 60)
        case .unavailable:
            Refusal(.unavailable, "The object store is away; try again.", retryAfter: 2)
        default: Refusal(.storeFailure, "The object store failed.")
        }
    }

    /// What Hummingbird itself refuses.
    private static func refusal(_ error: any HTTPResponseError) -> (HTTPResponse.Status, Refusal) {
        switch error.status {
        case .notFound: (error.status, Refusal(.notFound, "There is no such route."))
        case .contentTooLarge: (error.status, Refusal(.validationFailed, "The body is too large."))
        case let status where status.code < 500:
            (status, Refusal(.validationFailed, "The request is not understood."))
        default:
            (error.status, Refusal(.internal, "Something went wrong here, not in the request."))
        }
    }
}
