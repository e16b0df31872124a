// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao run`: hands the folder to an agent.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Hand a folder and a prompt to an agent, and follow it.",
        discussion: """
            The folder is packed without what git ignores, node_modules and build output, and sent
            with the prompt. The agent's output goes to standard output while it works; how the
            command ends is how the run did: 0 completed, 1 failed, 124 timed out, 130 cancelled.
            """,
        subcommands: [
            RunPlan.self, RunSpec.self, RunCode.self, RunDoc.self, RunDeploy.self,
        ])
}
