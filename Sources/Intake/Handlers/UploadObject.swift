// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Hummingbird
import Model
import Seams
import Storage

/// `PUT /objects/{key}`: an object for the embedded store, from whoever has its signed URL.
struct UploadObject {
    let dependencies: IntakeDependencies
    let check: IntakeDependencies.ObjectURLCheck

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let key = SignedObjectRequest.key(request)
        let permission = try check(
            "PUT", key, request.uri.query ?? "", dependencies.time.now.milliseconds / 1_000)
        guard case .upload(let size, let sha256) = permission else {
            throw Refusal(.forbidden, "The URL is for another method.")
        }
        if let length = request.headers[.contentLength].flatMap({ Int64($0) }), length != size {
            throw Refusal(
                .validationFailed, "The body has \(length) bytes; \(size) were announced.")
        }
        _ = try await dependencies.objects.put(
            key, body: ObjectBody(RequestBodyChunks(body: request.body)),
            expectation: ObjectExpectation(size: size, sha256: sha256))
        return Response(status: .ok)
    }
}
