// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ServiceRuntime

/// `tlao-codex up`: everything in one process, with nothing else installed.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Run everything in one process, with nothing else installed.")

    @OptionGroup var common: CommonOptions
    @Option(help: "The address to listen on (default 127.0.0.1).")
    var host: String?
    @Option(help: "The port to listen on; 0 picks a free one (default 8080).")
    var port: Int?
    @Option(help: "How many runs are executed at once (default 4).")
    var slots: Int?

    func run() async throws {
        let settings = try await common.settings([
            "host": host, "port": port.map(String.init), "slots": slots.map(String.init),
        ])
        try await Up(try ServerSettings(settings)).run()
    }
}
