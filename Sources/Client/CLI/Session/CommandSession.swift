// SPDX-License-Identifier: Apache-2.0

import API
import FoundationEssentials
import Model
import TlaoSDK

/// What a command that asks the API has at hand.
struct CommandSession: Sendable {
    let settings: Settings
    let client: TlaoClient
    let console: Console
    let file: ConfigurationFile
    let stored: StoredConfiguration?
    let environment: [String: String]
    let printsJSON: Bool

    /// Runs `body` signed in; what the API refuses is thrown as a ``CommandFailure``.
    static func with<Value>(
        _ options: GlobalOptions, workspace: WorkspaceID? = nil,
        _ body: (CommandSession) async throws -> Value
    ) async throws -> Value {
        let environment = ProcessInfo.processInfo.environment
        let file = try ConfigurationFile(environment: environment)
        let stored = try await file.load()
        let settings = try Settings(
            api: options.api, workspace: workspace, environment: environment, stored: stored,
            local: try await LocalServer.find(environment: environment))
        guard let token = settings.token else { throw notSignedIn(settings) }
        do {
            return try await TlaoClient.with(address: settings.api, token: token) { client in
                try await body(
                    CommandSession(
                        settings: settings, client: client, console: Console(options),
                        file: file, stored: stored, environment: environment,
                        printsJSON: options.json))
            }
        } catch let error as TlaoError {
            throw CommandFailure(error, address: settings.api)
        }
    }

    private static func notSignedIn(_ settings: Settings) -> CommandFailure {
        guard let other = settings.signedInElsewhere else {
            return CommandFailure(
                .denied, "Not signed in to \(settings.api).", advice: ["Sign in: tlao login"])
        }
        return CommandFailure(
            .denied, "Signed in to \(other), but not to \(settings.api).",
            advice: ["Sign in there: tlao login --api \(settings.api)"])
    }

    /// The workspace to work in: the one that was chosen, else the only one there is.
    func workspace() async throws -> WorkspaceID {
        if let chosen = settings.workspace { return chosen }
        let page = try await client.listWorkspaces(limit: 2)
        if page.items.count == 1, page.nextCursor == nil { return page.items[0].workspaceId }
        throw page.items.isEmpty
            ? CommandFailure(
                .usage, "There is no workspace yet.",
                advice: ["Make one: tlao workspace create NAME"])
            : CommandFailure(
                .usage, "There are several workspaces, and none was chosen.",
                advice: ["Their ids: tlao workspace list", "Choose one: tlao workspace use ID"])
    }
}
