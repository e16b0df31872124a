// SPDX-License-Identifier: Apache-2.0

import Access
import ArgumentParser
import Model
import Repositories
import Seams
import ServiceRuntime

/// `tlao-codex admin add-user`: somebody who can sign in.
struct AddUserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-user",
        abstract: "Add a user; without --password-stdin a password is made and printed.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The name to sign in with: 1 to 64 of a-z, 0-9, ., _ and -.")
    var name: String
    @Option(help: "member or admin.")
    var role: String = "member"
    @Flag(help: "Read the password from standard input.")
    var passwordStdin = false

    func run() async throws {
        guard let role = User.Role(rawValue: role) else {
            throw ValidationError("--role must be member or admin")
        }
        guard Usernames.isValid(name) else {
            throw ValidationError("The name must be 1 to 64 of a-z, 0-9, ., _ and -.")
        }
        let settings = try ServerSettings(try await common.settings())
        let password = try passwordStdin ? Passwords.readLine() : Passwords.make()
        try await Backends.withStores(settings) { stores in
            let users = Users(stores: stores)
            guard try await users.add(name, password: password, role: role) else {
                throw ServerFailure(
                    status: ServerFailure.data, message: "There is a user \(name) already.")
            }
        }
        print(
            passwordStdin
                ? "Added \(name)." : "Added \(name). The password, shown once: \(password)")
    }
}
