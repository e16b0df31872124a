// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao run spec`.
struct RunSpec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spec", abstract: "Have requirements, a design and tasks written.")

    @OptionGroup var options: RunOptions
    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    func run() async throws {
        try await RunFlow.run(.spec, options, global)
    }
}
