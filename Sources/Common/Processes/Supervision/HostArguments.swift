// SPDX-License-Identifier: Apache-2.0

/// The words and variables that the host is started with, checked.
struct HostArguments: Sendable {
    /// The host's own arguments, its path first.
    let words: [String]
    /// `NAME=value` each, sorted, so that the same configuration always gives the same process.
    let variables: [String]

    init(_ configuration: HostedProcess.Configuration) throws(ProcessError) {
        guard let program = configuration.command.first, !program.isEmpty else {
            throw ProcessError(.invalidConfiguration, "The command is empty.")
        }
        words =
            [configuration.hostPath] + Self.options(of: configuration) + ["--"]
            + configuration.command
        variables = configuration.environment.map { "\($0.key)=\($0.value)" }.sorted()
        guard !words.contains(where: Self.holdsZero), !variables.contains(where: Self.holdsZero)
        else {
            throw ProcessError(
                .invalidConfiguration, "A word of the command or environment holds a zero byte.")
        }
        for name in configuration.environment.keys where name.isEmpty || name.utf8.contains(61) {
            throw ProcessError(
                .invalidConfiguration, "A variable's name is empty or holds an equals sign.")
        }
    }

    private static func holdsZero(_ word: String) -> Bool {
        word.utf8.contains(0)
    }

    private static func options(of configuration: HostedProcess.Configuration) -> [String] {
        var options = [
            "--terminate-grace-ms", String(milliseconds(configuration.terminationGrace)),
            "--leftover-grace-ms", String(milliseconds(configuration.leftoverGrace)),
        ]
        if configuration.isolation == .pidNamespace {
            options.append("--pid-namespace")
        }
        if let folder = configuration.workingDirectory {
            options += ["--working-directory", folder]
        }
        let limits: [(String, Int?)] = [
            ("--cpu-seconds", configuration.limits.cpuSeconds),
            ("--address-space", configuration.limits.addressSpaceBytes),
            ("--open-files", configuration.limits.openFiles),
            ("--processes", configuration.limits.processes),
            ("--file-size", configuration.limits.fileSizeBytes),
        ]
        for (name, limit) in limits {
            guard let limit else { continue }
            options += [name, String(bounded(Int64(limit)))]
        }
        return options
    }

    /// The host takes numbers from 0 to a quarter of the largest.
    private static func bounded(_ number: Int64) -> Int64 {
        min(max(0, number), Int64.max / 4)
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return min(max(0, seconds), 1_000_000_000) * 1000
            + max(0, attoseconds) / 1_000_000_000_000_000
    }
}
