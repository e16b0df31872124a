// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao executor`: which agents there are.
struct ExecutorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executor", abstract: "List, register and remove agents.",
        subcommands: [ExecutorList.self, ExecutorRegister.self, ExecutorRemove.self])
}
