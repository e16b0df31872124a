// SPDX-License-Identifier: Apache-2.0

import Model

extension CommandSession {
    /// Whether what is stored belongs to the address that is in use.
    var canRemember: Bool {
        stored?.api.map(APIAddress.normalized) ?? settings.api == settings.api
    }

    /// Stores which workspace is in use.
    func remember(_ workspace: WorkspaceID) async throws {
        var configuration = stored ?? StoredConfiguration()
        configuration.api = settings.api
        configuration.workspace = workspace
        try await file.save(configuration)
    }
}
