// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Hummingbird

/// `GET /auth/me`: who the token stands for.
struct ShowIdentity {
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let identity = try access.identity(context)
        return try Answers.json(
            IdentityResponse(
                userId: identity.userID, username: identity.username, role: identity.role))
    }
}
