// SPDX-License-Identifier: Apache-2.0

public import Configuration
import SystemPackage

/// Composes the sources of settings, once, in their order: flags, environment, file.
public enum ConfigurationSources {
    /// Makes the reader of all settings.
    ///
    /// `flags` are settings by name, as given on the command line. `file` is a JSON file; nil is
    /// none.
    ///
    /// - Throws: An error when the file can't be read or is no JSON.
    public static func reader(
        flags: [String: String], environment: [String: String], file: String?
    ) async throws -> ConfigReader {
        let given = Dictionary(
            flags.map {
                (
                    AbsoluteConfigKey(["tlao"] + $0.key.split(separator: ".").map(String.init)),
                    ConfigValue(.string($0.value), isSecret: false)
                )
            },
            uniquingKeysWith: { _, last in last })
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: given),
            EnvironmentVariablesProvider(environmentVariables: environment),
        ]
        if let file {
            providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(file)))
        }
        return ConfigReader(providers: providers)
    }
}
