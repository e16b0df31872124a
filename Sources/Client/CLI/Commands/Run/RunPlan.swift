// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao run plan`.
struct RunPlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Have a plan of the next work written.")

    @OptionGroup var options: RunOptions
    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    func run() async throws {
        try await RunFlow.run(.plan, options, global)
    }
}
