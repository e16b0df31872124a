// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import TlaoSDK

/// `tlao workspace usage`.
struct WorkspaceUsage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage", abstract: "Show a workspace's quota and slots.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions
    @OptionGroup var choice: WorkspaceOption

    func run() async throws {
        try await CommandSession.with(global, workspace: choice.workspace) { session in
            let workspace = try await session.workspace()
            if session.printsJSON {
                let body = try await session.client.body(of: "/workspaces/\(workspace)/usage")
                return try await session.console.print(body: body)
            }
            let usage = try await session.client.getUsage(workspace)
            try await session.console.print([
                "runs today  \(usage.runsToday) of \(usage.dailyRunQuota), anew at \(usage.resetsAt)",
                "running     \(usage.running) of \(usage.concurrencyLimit)",
                "queued      \(usage.queued)",
            ])
        }
    }
}
