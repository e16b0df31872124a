// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Hummingbird
import Model
import Seams
import Storage

/// `GET /objects/{key}`: an object of the embedded store, for whoever has its signed URL.
///
/// Always a download, never a page: what agents produced is not to be run in anybody's browser.
struct DownloadObject {
    let dependencies: IntakeDependencies
    let check: IntakeDependencies.ObjectURLCheck

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let key = SignedObjectRequest.key(request)
        let permission = try check(
            "GET", key, request.uri.query ?? "", dependencies.time.now.milliseconds / 1_000)
        guard case .download(let fileName) = permission else {
            throw Refusal(.forbidden, "The URL is for another method.")
        }
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .cacheControl: "private, no-store",
            .contentDisposition: SignedObjectRequest.attachment(fileName),
        ]
        headers.set("Content-Security-Policy", "sandbox; default-src 'none'")
        return try await ObjectResponse(objects: dependencies.objects).make(
            key, for: request, headers: headers)
    }
}
