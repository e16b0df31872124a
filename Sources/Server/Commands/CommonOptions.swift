// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Configuration
import ServiceRuntime

/// What every command that runs something takes.
struct CommonOptions: ParsableArguments {
    @Option(help: "A JSON file with settings, below the environment.")
    var config: String?

    @Option(help: "The data folder.")
    var data: String?

    /// The settings, with `flags` above everything.
    func settings(_ flags: [String: String?] = [:]) async throws -> Settings {
        var given = flags.compactMapValues { $0 }
        if let data { given["data"] = data }
        do {
            return Settings(
                try await ConfigurationSources.reader(
                    flags: given, environment: ProcessEnvironment.variables, file: config))
        } catch {
            throw ServerFailure(
                status: ServerFailure.configuration,
                message: "\(config ?? "the settings") can't be read: \(error)")
        }
    }
}
