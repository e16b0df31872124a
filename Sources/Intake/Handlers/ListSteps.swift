// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories

/// `GET /runs/{id}/steps`: the timeline as a list, in order.
struct ListSteps {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let run = try await access.run(context)
        let page = try PageRequest(request, list: "steps/\(run.id)")
        let after = try after(request)
        // One more than asked for tells whether that was all.
        let steps = try await dependencies.runs.steps(
            of: run.id, after: after, limit: page.limit + 1)
        let events = steps.prefix(page.limit).map(\.event)
        let last = steps.count > page.limit ? events.last?.sequenceNumber : nil
        return try Answers.json(
            StepsResponse(items: events, nextCursor: last.map { String($0) }))
    }

    private func after(_ request: Request) throws(Violations) -> Int64 {
        guard let text = request.uri.queryParameters["after"] else { return 0 }
        guard let after = Int64(text), after >= 0 else {
            throw Violations([
                Violation(field: "after", reason: "must be a sequence number, 0 or more")
            ])
        }
        return after
    }
}
