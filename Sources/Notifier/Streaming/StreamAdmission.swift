// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Logging
import Model
import Repositories
import Seams

/// Decides whether a request gets a run's stream, and from where.
struct StreamAdmission: Sendable {
    /// What a request gets.
    enum Decision: Sendable {
        /// The stream, after a sequence number, for as long as the token works.
        case stream(RunID, after: Int64, expiresAt: Timestamp)
        /// Nothing: it has seen the run's end.
        case seenToTheEnd
        /// A refusal, with its status.
        case refuse(Int, ErrorResponse)
    }

    let dependencies: NotifierDependencies

    /// The id of a request's answer.
    func correlationID(of request: StreamRequest) -> String {
        request.correlationID ?? dependencies.identifiers.uuid()
    }

    /// Decides on a request.
    func decide(_ request: StreamRequest, correlationID: String) async -> Decision {
        do {
            let identity = try await dependencies.authenticator.identity(
                authorization: request.authorization)
            guard let run = RunID(validating: request.runID),
                let workspace = try await dependencies.runs.workspace(of: run)
            else {
                throw Self.missing(request.runID)
            }
            _ = try await dependencies.ownership.require(workspace, of: identity)
            let after = try cursor(request.cursor)
            guard let stored = try await dependencies.runs.run(run, in: workspace) else {
                throw Self.missing(request.runID)
            }
            if stored.status.isTerminal, after >= stored.lastSequence {
                return .seenToTheEnd
            }
            return .stream(run, after: after, expiresAt: identity.expiresAt)
        } catch {
            return refusal(error, correlationID)
        }
    }

    private static func missing(_ run: String) -> AccessError {
        AccessError(.notFound, "There is no run \(UTF8Text.prefix(of: run, bytes: 64)).")
    }

    private func cursor(_ text: String?) throws(Violations) -> Int64 {
        guard let text, !text.isEmpty else { return 0 }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let cursor = Int64(text) else {
            throw Violations([
                Violation(
                    field: "Last-Event-ID",
                    reason: "must be a sequence number, 0 or more (so must ?after=)")
            ])
        }
        return cursor
    }

    private func refusal(_ error: any Error, _ correlationID: String) -> Decision {
        switch error {
        case let error as Violations:
            refuse(
                .validationFailed, "The cursor is not a sequence number.", correlationID, error.list
            )
        case let error as AccessError:
            switch error.code {
            case .notFound: refuse(.notFound, error.reason, correlationID)
            case .forbidden: refuse(.forbidden, error.reason, correlationID)
            case .undecided, .misconfigured: failure(error, correlationID)
            default: refuse(.authenticationRequired, error.reason, correlationID)
            }
        default: failure(error, correlationID)
        }
    }

    private func failure(_ error: any Error, _ correlationID: String) -> Decision {
        dependencies.logger.error(
            "Stream refused for want of the table",
            metadata: [
                "operation": "stream", "correlationId": "\(correlationID)", "error": "\(error)",
            ])
        return refuse(
            .unavailable, "The record store can't be read right now; try again.", correlationID)
    }

    private func refuse(
        _ code: ErrorCode, _ message: String, _ correlationID: String, _ details: [Violation]? = nil
    ) -> Decision {
        .refuse(
            code.status,
            ErrorResponse(
                error: message, code: code.rawValue, correlationId: correlationID, details: details)
        )
    }
}
