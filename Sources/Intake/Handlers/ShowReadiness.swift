// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories

/// `GET /readyz`: the record store answers, so requests can be served.
///
/// Kafka isn't asked: what is accepted while it is away is started when it is back.
struct ShowReadiness {
    let dependencies: IntakeDependencies

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        do {
            _ = try await dependencies.executors.executor(named: "readiness")
        } catch {
            throw Refusal(.unavailable, "The record store can't be reached.", retryAfter: 2)
        }
        return try Answers.json(["status": "ready"])
    }
}
