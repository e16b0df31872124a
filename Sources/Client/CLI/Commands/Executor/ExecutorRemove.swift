// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TlaoSDK

/// `tlao executor remove`.
struct ExecutorRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an agent from the registry (admin).")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    @Argument(help: "The agent's name.") var name: String

    func run() async throws {
        try await CommandSession.with(global) { session in
            try await session.client.removeExecutor(named: name)
            await session.console.say("Removed \(name.escapedForTerminal).")
        }
    }
}
