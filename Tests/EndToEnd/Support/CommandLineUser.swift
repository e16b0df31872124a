// SPDX-License-Identifier: Apache-2.0

/// Somebody who types `tlao …` on this machine, with a home folder of their own.
struct CommandLineUser: Sendable {
    let home: String
    let environment: [String: String]

    init(home: String) {
        self.home = home
        environment = [
            "PATH": Command.path, "HOME": home, "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
        ]
    }

    /// Runs `tlao` to its end.
    func tlao(
        _ arguments: String..., in folder: String? = nil, input: String = ""
    ) async throws -> Command {
        try await Command.run(
            BuiltProgram.path(BuiltProgram.commandLine), arguments, environment: environment,
            in: folder ?? home, input: input)
    }

    /// Signs in to a server as its first user.
    func signIn(to up: Up) async throws -> Command {
        try await tlao(
            "login", "--api", up.file.api, "--username", up.file.username, "--password-stdin",
            input: up.file.password + "\n")
    }
}
