// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import Model
import TlaoSDK

/// `tlao workspace create`.
struct WorkspaceCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a workspace.",
        discussion: "It is used from then on if none was chosen before.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    @Argument(help: "A name for people, 1 to 100 characters.") var name: String

    func run() async throws {
        try await CommandSession.with(global) { session in
            let body = try await session.client.body(
                posting: CreateWorkspaceRequest(name: name), to: "/workspaces")
            let created = try JSONText.decode(WorkspaceResponse.self, from: body)
            if session.printsJSON {
                try await session.console.print(body: body)
            } else {
                try await session.console.print(created.workspaceId.text)
            }
            guard session.settings.workspace == nil, session.canRemember else { return }
            try await session.remember(created.workspaceId)
            await session.console.say("It is the workspace in use now.")
        }
    }
}
