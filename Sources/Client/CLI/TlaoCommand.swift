// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The program `tlao`: the command line of TLÁO Codex.
@main
struct TlaoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tlao",
        abstract: "Hand work to coding agents, follow it and get what they made.",
        usage: "tlao <command> [options]",
        discussion: """
            Sign in once, then stand in a folder and ask:

              tlao login
              tlao run code "Add a test for the parser"

            Environment: TLAO_API_URL, TLAO_TOKEN, TLAO_WORKSPACE.
            """,
        version: ProductVersion.text,
        subcommands: [
            AccountLogin.self, AccountLogout.self, AccountWhoami.self, WorkspaceCommand.self,
            RunCommand.self, RunsCommand.self, ArtifactCommand.self, ExecutorCommand.self,
        ])

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    static func main() async {
        await Program.run(TlaoCommand.self)
    }
}
