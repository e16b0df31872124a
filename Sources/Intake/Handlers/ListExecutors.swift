// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories

/// `GET /executors`: the registry, with what is known of each executor's workers.
struct ListExecutors {
    let dependencies: IntakeDependencies
    let workers: WorkerWatch

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let records = try await dependencies.executors.executors()
        return try Answers.json(
            PageResponse(
                items: records.map { workers.shown($0) }, nextCursor: nil))
    }
}

extension WorkerWatch {
    /// A record with what is known of its workers.
    func shown(_ record: ExecutorRecord) -> ExecutorResponse {
        let presence = presence(of: record.executorName)
        return ExecutorResponse(
            record, workersOnline: presence.workersOnline, slots: presence.slots,
            freeSlots: presence.freeSlots,
            lastHeartbeatAt: presence.lastHeartbeatAt)
    }
}
