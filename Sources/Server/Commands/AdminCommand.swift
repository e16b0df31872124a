// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao-codex admin`: what an administrator does to the record store directly.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "Administer users and executors.",
        subcommands: [AddUserCommand.self, RegisterExecutorCommand.self])
}
