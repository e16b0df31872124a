// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Model
import TlaoSDK

/// `tlao runs show`.
struct RunsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one run.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    @Argument(help: ArgumentHelp("The run.", valueName: "id")) var id: RunID

    func run() async throws {
        try await CommandSession.with(global) { session in
            if session.printsJSON {
                return try await session.console.print(
                    body: try await session.client.body(of: "/runs/\(id)"))
            }
            let run = try await session.client.getRun(id)
            try await session.console.print(RunText.details(of: run, session.console.palette))
            let artifacts = try await session.artifacts(of: id)
            guard !artifacts.isEmpty else { return }
            try await session.console.print("")
            try await session.console.print(
                ArtifactText.table(of: artifacts).lines(session.console.palette))
        }
    }
}
