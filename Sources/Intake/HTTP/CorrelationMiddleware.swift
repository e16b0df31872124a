// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Hummingbird
import Logging
import Seams

/// Gives each request its correlation id, and turns every error into the answer it stands for.
///
/// The outermost of all: nothing that is answered, not even a route that doesn't exist, goes
/// without an id.
struct CorrelationMiddleware: RouterMiddleware {
    typealias Context = IntakeRequestContext

    let identifiers: any IdentifierSource
    let time: any TimeSource
    let logger: Logger

    func handle(
        _ request: Request, context: IntakeRequestContext,
        next: (Request, IntakeRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.correlationID =
            CorrelationID.accepted(request.header(CorrelationID.header)) ?? identifiers.uuid()
        context.logger = logger
        context.logger[metadataKey: "correlationId"] = "\(context.correlationID)"
        let start = time.elapsed
        var request = request
        let body = AnnouncedBody(of: request, on: context.channel)
        if let body { request.body = RequestBody(asyncSequence: body) }
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = ErrorResponses.response(to: error, on: request, context)
            if let body, !body.isRead { EarlyRefusal.end(context.channel, after: &response) }
        }
        response.headers.set(CorrelationID.header, context.correlationID)
        log(request, response, context, time.elapsed - start)
        return response
    }

    private func log(
        _ request: Request, _ response: Response, _ context: IntakeRequestContext,
        _ duration: Duration
    ) {
        context.logger.debug(
            "Request answered",
            metadata: [
                "operation": "\(request.method) \(context.endpointPath ?? "unknown route")",
                "status": "\(response.status.code)",
                "milliseconds":
                    "\(duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000)",
            ])
    }
}
