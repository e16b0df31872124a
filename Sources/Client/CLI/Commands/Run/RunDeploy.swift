// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao run deploy`.
struct RunDeploy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy", abstract: "Have something deployed.")

    @OptionGroup var options: RunOptions
    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    func run() async throws {
        try await RunFlow.run(.deploy, options, global)
    }
}
