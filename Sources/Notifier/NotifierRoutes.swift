// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
public import Hummingbird
import Model
import NIOCore
import Seams

/// What a Notifier in a process of its own serves beside the streams: its health, and refusals.
struct NotifierRoutes: RouterMiddleware {
    typealias Context = BasicRequestContext

    let identifiers: any IdentifierSource

    /// Gives each answer a correlation id, and turns whatever isn't answered into the API's error
    /// body.
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        let header = HTTPField.Name(CorrelationID.header)
        let given = header.flatMap { request.headers[$0] }
        let id = CorrelationID.accepted(given) ?? identifiers.uuid()
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let (head, body) = StreamAnswers.refusal(
                404,
                ErrorResponse(
                    error: "There is no such route.", code: ErrorCode.notFound.rawValue,
                    correlationId: id))
            response = Response(
                status: .notFound, headers: head.headerFields, body: ResponseBody(byteBuffer: body))
        }
        if let header { response.headers[header] = id }
        return response
    }
}

extension NotifierApp {
    /// Makes the routes of a Notifier in a process of its own.
    public func makeRouter() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: NotifierRoutes(identifiers: identifiers))
        router.get("healthz") { _, _ in "{\"status\":\"ok\"}" }
        router.get("readyz") { _, _ in "{\"status\":\"ready\"}" }
        return router
    }
}
