// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// `GET /healthz`: the process is alive.
struct ShowHealth {
    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        try Answers.json(["status": "ok"])
    }
}
