// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Storage

/// `GET /artifacts/{id}`: one artifact, with a URL to download it from.
struct ShowArtifact {
    /// For how long the URL works, in seconds.
    private static let urlSeconds = 15 * 60

    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let artifact = try await access.artifact(context)
        guard artifact.status == .stored else {
            return try Answers.json(ArtifactResponse(artifact))
        }
        let name = artifact.fileName.split(separator: "/").last.map(String.init) ?? "artifact"
        let url = try await dependencies.objects.downloadURL(
            artifact.objectKey, fileName: name, validFor: Self.urlSeconds)
        return try Answers.json(
            ArtifactResponse(
                artifact, downloadUrl: url.url, expiresAt: Timestamp(milliseconds: url.expiresAt)))
    }
}
