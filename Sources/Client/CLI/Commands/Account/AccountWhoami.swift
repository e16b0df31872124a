// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import Model
import TlaoSDK

/// `tlao whoami`.
struct AccountWhoami: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Show who is signed in, and where.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    func run() async throws {
        try await CommandSession.with(global) { session in
            if session.printsJSON {
                let body = try await session.client.body(of: "/auth/me")
                return try await session.console.print(body: body)
            }
            let identity = try await session.client.identity()
            var lines = [
                "\(identity.username.escapedForTerminal) (\(identity.role.rawValue))",
                "user       \(identity.userId)", "api        \(session.settings.api)",
            ]
            if let workspace = session.settings.workspace {
                lines.append("workspace  \(workspace)")
            }
            try await session.console.print(lines)
        }
    }
}
