// SPDX-License-Identifier: Apache-2.0

import API
import Access
import HTTPTypes
import Hummingbird
import Logging
import Model
import Repositories

/// `DELETE /executors/{name}`, by an admin: no run is given to it any more.
struct DeleteExecutor {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        try access.requireAdmin(context)
        let name = context.parameters.get("name") ?? ""
        // Asked of the list: a name that can't be one can't be a key either.
        let names = try await dependencies.executors.executors().map(\.executorName)
        guard names.contains(name) else {
            throw Refusal(
                .notFound, "There is no executor \(UTF8Text.prefix(of: name, bytes: 64)).")
        }
        try await dependencies.executors.remove(named: name)
        try await dependencies.registry.refresh()
        context.logger.info("Executor removed", metadata: ["executorName": "\(name)"])
        return Response(status: .noContent)
    }
}
