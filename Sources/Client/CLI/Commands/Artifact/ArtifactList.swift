// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import Model

/// `tlao artifact list`.
struct ArtifactList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the artifacts of a run, or of the workspace.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions
    @OptionGroup var choice: WorkspaceOption
    @OptionGroup var pages: PageOptions

    @Option(help: ArgumentHelp("Only those of this run.", valueName: "id"))
    var run: RunID?

    func run() async throws {
        try await CommandSession.with(global, workspace: choice.workspace) { session in
            try await listing(session).show(in: session, ArtifactText.table)
        }
    }

    private func listing(_ session: CommandSession) async throws -> Listing<ArtifactResponse> {
        if let run { return Listing(path: "/runs/\(run)/artifacts", pages: pages) }
        let workspace = try await session.workspace()
        return Listing(
            path: "/artifacts", query: [("workspaceId", workspace.text)], pages: pages)
    }
}
