// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao run code`.
struct RunCode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code", abstract: "Have the code changed.")

    @OptionGroup var options: RunOptions
    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    func run() async throws {
        try await RunFlow.run(.code, options, global)
    }
}
