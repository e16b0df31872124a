// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// `tlao-codex`: one stage, or all of them in one process, and what an administrator needs.
@main
struct ServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tlao-codex",
        abstract: "TLÁO Codex: a control plane for coding-agent runs.",
        discussion:
            "Settings come from flags, then TLAO_… variables, then the file that --config names.",
        version: ServerVersion.text,
        subcommands: [
            UpCommand.self, IntakeCommand.self, DispatcherCommand.self, ExecutorCommand.self,
            NotifierCommand.self, AdminCommand.self,
        ])

    /// Parses, runs, and ends the process with the documented status: 64 for usage, else what the
    /// error says.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as ServerFailure {
            FailureOutput.write(failure.message)
            Glibc.exit(failure.status)
        } catch {
            let status = exitCode(for: error)
            if status == .success || status == .validationFailure { exit(withError: error) }
            FailureOutput.write("\(error)")
            Glibc.exit(ServerFailure.software)
        }
    }
}
