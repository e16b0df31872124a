// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao runs`: what was run.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List runs, show one, read its log.",
        subcommands: [RunsList.self, RunsShow.self, RunsLogs.self],
        defaultSubcommand: RunsList.self)
}
