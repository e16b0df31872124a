// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Model

/// `tlao logout`.
struct AccountLogout: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Forget the sign-in on this machine.",
        discussion: "Address and workspace stay remembered. Nothing is asked of the server.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    func run() async throws {
        let console = Console(global)
        let file = try ConfigurationFile(environment: ProcessInfo.processInfo.environment)
        guard var stored = try await file.load(), stored.token != nil else {
            await console.say("Not signed in.")
            return
        }
        let expiry = stored.tokenExpiresAt
        stored.token = nil
        stored.tokenExpiresAt = nil
        try await file.save(stored)
        await console.say("Signed out of \(stored.api ?? "the server") on this machine.")
        if let expiry, expiry > .current {
            await console.say("Copies of the token, if there are any, work until \(expiry).")
        }
    }
}
