// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao workspace`: what tasks, runs and artifacts belong to.
struct WorkspaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace", abstract: "Make, list and choose workspaces.",
        subcommands: [
            WorkspaceCreate.self, WorkspaceList.self, WorkspaceUse.self, WorkspaceUsage.self,
        ])
}
