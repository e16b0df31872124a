// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao run doc`.
struct RunDoc: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doc", abstract: "Have documentation written.")

    @OptionGroup var options: RunOptions
    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    func run() async throws {
        try await RunFlow.run(.doc, options, global)
    }
}
