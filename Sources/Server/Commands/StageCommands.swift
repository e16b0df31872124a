// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ServiceRuntime

/// `tlao-codex intake`: stage 1 in a process of its own.
struct IntakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake", abstract: "Run stage 1: the HTTP API.")

    @OptionGroup var common: CommonOptions
    @Option(help: "The address to listen on (default 127.0.0.1).")
    var host: String?
    @Option(help: "The port to listen on; 0 picks a free one (default 8080).")
    var port: Int?

    func run() async throws {
        let settings = try await common.settings(["host": host, "port": port.map(String.init)])
        try await SplitProcess(.intake, settings: try ServerSettings(settings)).run()
    }
}

/// `tlao-codex dispatcher`: stage 2 in a process of its own.
struct DispatcherCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispatcher", abstract: "Run stage 2: give waiting runs to workers, and sweep."
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await SplitProcess(
            .dispatcher, settings: try ServerSettings(try await common.settings())
        ).run()
    }
}

/// `tlao-codex executor`: stage 3 in a process of its own.
struct ExecutorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executor", abstract: "Run stage 3: a worker that executes runs.")

    @OptionGroup var common: CommonOptions
    @Option(help: "Serve only this executor; may be repeated.")
    var only: [String] = []
    @Option(help: "How many runs are executed at once (default 4).")
    var slots: Int?

    func run() async throws {
        let settings = try await common.settings([
            "slots": slots.map(String.init),
            "only": only.isEmpty ? nil : only.joined(separator: ","),
        ])
        try await SplitProcess(.executor, settings: try ServerSettings(settings)).run()
    }
}

/// `tlao-codex notifier`: stage 4 in a process of its own.
struct NotifierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notifier", abstract: "Run stage 4: the streams of runs.")

    @OptionGroup var common: CommonOptions
    @Option(help: "The address to listen on (default 127.0.0.1).")
    var host: String?
    @Option(help: "The port to listen on; 0 picks a free one (default 8080).")
    var port: Int?

    func run() async throws {
        let settings = try await common.settings(["host": host, "port": port.map(String.init)])
        try await SplitProcess(.notifier, settings: try ServerSettings(settings)).run()
    }
}
