// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Hummingbird
import Logging
import Model
import Repositories

/// `PUT /executors/{name}`, by an admin: a new executor, or a changed one.
struct PutExecutor {
    let dependencies: IntakeDependencies
    let access: ResourceAccess
    let workers: WorkerWatch

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        try access.requireAdmin(context)
        let document = try await RequestDocument(of: request)
        let record = try ExecutorValidation.validate(
            document.value, named: context.parameters.get("name"))
        let known = try await dependencies.executors.executor(named: record.executorName)
        try await dependencies.executors.put(record)
        try await dependencies.registry.refresh()
        context.logger.info(
            "Executor registered", metadata: ["executorName": "\(record.executorName)"])
        return try Answers.json(
            workers.shown(record), status: known == nil ? .created : .ok,
            location: known == nil ? "/executors/\(record.executorName)" : nil)
    }
}

extension ResourceAccess {
    /// Lets only an admin pass.
    func requireAdmin(_ context: IntakeRequestContext) throws(AccessError) {
        guard try identity(context).role == .admin else {
            throw AccessError(.forbidden, "This needs the admin role.")
        }
    }
}
