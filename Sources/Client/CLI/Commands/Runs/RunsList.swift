// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import Model

/// `tlao runs list`.
struct RunsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List a workspace's runs, newest first.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions
    @OptionGroup var choice: WorkspaceOption
    @OptionGroup var pages: PageOptions

    private static let titleWidth = 60

    func run() async throws {
        try await CommandSession.with(global, workspace: choice.workspace) { session in
            let listing = Listing<RunResponse>(
                path: "/runs", query: [("workspaceId", try await session.workspace().text)],
                pages: pages)
            try await listing.show(in: session, Self.table)
        }
    }

    private static func table(of runs: [RunResponse]) -> Table {
        var table = Table("ID", "STATUS", "EXECUTOR", "TYPE", "CREATED", "TOOK", "TITLE")
        for run in runs {
            table.add(
                run.runId.text, run.status.rawValue, run.executorName ?? "-",
                run.taskType.rawValue, TimeText.age(of: run.createdAt), RunText.duration(of: run),
                RunText.title(of: run).shortened(to: titleWidth))
        }
        return table
    }
}
