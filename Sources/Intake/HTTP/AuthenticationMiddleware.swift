// SPDX-License-Identifier: Apache-2.0

import Access
import HTTPTypes
import Hummingbird
import Logging

/// Lets only requests with a valid token pass, and notes who makes them.
struct AuthenticationMiddleware: RouterMiddleware {
    typealias Context = IntakeRequestContext

    let authenticator: Authenticator

    func handle(
        _ request: Request, context: IntakeRequestContext,
        next: (Request, IntakeRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let identity = try await authenticator.identity(
            authorization: request.headers[.authorization])
        context.identity = identity
        context.logger[metadataKey: "userId"] = "\(identity.userID)"
        return try await next(request, context)
    }
}
