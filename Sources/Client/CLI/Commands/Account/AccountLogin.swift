// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials

/// `tlao login`.
struct AccountLogin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign in.",
        discussion: """
            Without --api, a server that runs on this machine (tlao-codex up) is used, with its
            first user when no name is given. The token is kept in a file that only you can read.
            """)

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    @Option(help: ArgumentHelp("Who to sign in as.", valueName: "name"))
    var username: String?

    @Flag(help: "Read the password from standard input, up to the first line end.")
    var passwordStdin = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let signIn = SignIn(
            console: Console(global), environment: environment,
            file: try ConfigurationFile(environment: environment),
            givenAPI: try global.api ?? Settings.address(in: environment),
            givenUsername: username, readsPassword: passwordStdin, printsJSON: global.json)
        try await signIn.run()
    }
}
