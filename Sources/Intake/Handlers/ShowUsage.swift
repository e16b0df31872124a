// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories
import Seams

/// `GET /workspaces/{id}/usage`: quota and slots now.
struct ShowUsage {
    /// How many waiting runs are counted at most.
    private static let countLimit = 10_000

    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let workspace = try await access.workspace(context)
        let guardrails = dependencies.guardrails.overridden(by: workspace.guardrails)
        let today = dependencies.time.now.day
        let runs = dependencies.runs
        return try Answers.json(
            UsageResponse(
                dailyRunQuota: guardrails.dailyRunQuota,
                runsToday: try await runs.runsCreated(in: workspace.id, on: today),
                resetsAt: today.end,
                concurrencyLimit: guardrails.concurrencyLimit,
                running: try await runs.slotHolders(of: workspace.id).count,
                queued: try await runs.waiting(in: workspace.id, limit: Self.countLimit).count))
    }
}
