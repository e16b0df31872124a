// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Model
import TlaoSDK

/// `tlao workspace use`.
struct WorkspaceUse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Choose the workspace that commands are about.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    @Argument(help: ArgumentHelp("The workspace.", valueName: "id")) var id: WorkspaceID

    func run() async throws {
        try await CommandSession.with(global) { session in
            guard session.canRemember else {
                throw CommandFailure(
                    .usage,
                    "What is stored is for \(session.stored?.api ?? "another address"), not for \(session.settings.api).",
                    advice: ["Sign in there first, or set TLAO_WORKSPACE."])
            }
            let body = try await session.client.body(of: "/workspaces/\(id)")
            try await session.remember(id)
            if session.printsJSON { try await session.console.print(body: body) }
            await session.console.say("The workspace in use is \(id).")
        }
    }
}
