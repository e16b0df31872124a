// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories

/// `GET /runs/{id}/artifacts`: what a run produced, newest first.
struct ListRunArtifacts {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let run = try await access.run(context)
        let page = try PageRequest(request, list: "run-artifacts/\(run.id)")
        let all = Array(try await dependencies.runs.artifactIDs(of: run.id).reversed())
        let rest = page.after.map { after in all.drop { $0.text >= after } } ?? all[...]
        var items: [ArtifactResponse] = []
        for id in rest.prefix(page.limit) {
            guard let artifact = try await dependencies.runs.artifact(id, in: run.workspaceID)
            else { continue }
            items.append(ArtifactResponse(artifact))
        }
        let last = rest.count > page.limit ? rest.prefix(page.limit).last?.text : nil
        let cursor = page.cursor(after: last)
        return try Answers.page(
            PageResponse(items: items, nextCursor: cursor), next: cursor, of: request)
    }
}
