// SPDX-License-Identifier: Apache-2.0

import API
import Curl
import Model

extension TlaoError {
    /// Reads a refusal from an answer's body; one that isn't the API's is shown by its status.
    init(answer: CurlResponse, body: [UInt8], request: String) {
        let header = answer.headers["X-Correlation-Id"]
        let retryAfter = answer.headers["Retry-After"].flatMap { Int($0) }
        guard let refusal = try? JSONText.decode(ErrorResponse.self, from: body) else {
            self.init(
                .unexpectedAnswer, status: answer.status,
                message:
                    "The server answered \(answer.status) without the API's error body; is this the right address?",
                request: request, correlationID: header, retryAfter: retryAfter)
            return
        }
        self.init(
            Code(refusal.code), status: answer.status, message: refusal.error, request: request,
            correlationID: refusal.correlationId, details: refusal.details ?? [],
            maxBytes: refusal.maxBytes,
            retryAfter: retryAfter)
    }

    /// Says what a transfer's failure means to the caller.
    init(transfer error: CurlError, request: String) {
        let code: Code
        switch error.code {
        case .tls: code = .tls
        case .deadlineExceeded, .stalled, .connectTimeout: code = .timedOut
        case .cancelled: code = .cancelled
        case .malformedResponse, .bodyTooLarge: code = .unexpectedAnswer
        case .bodyFailed: code = .localFile
        default: code = .unreachable
        }
        self.init(code, message: error.reason, request: request, cause: error)
    }
}
