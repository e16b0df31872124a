// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import Model

/// `tlao workspace list`.
struct WorkspaceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List my workspaces.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions
    @OptionGroup var pages: PageOptions

    func run() async throws {
        try await CommandSession.with(global) { session in
            let listing = Listing<WorkspaceResponse>(path: "/workspaces", pages: pages)
            try await listing.show(in: session) { workspaces in
                var table = Table("", "ID", "NAME", "CREATED")
                for workspace in workspaces {
                    let isInUse = workspace.workspaceId == session.settings.workspace
                    table.add(
                        isInUse ? "*" : "", workspace.workspaceId.text, workspace.name,
                        TimeText.age(of: workspace.createdAt))
                }
                return table
            }
        }
    }
}
