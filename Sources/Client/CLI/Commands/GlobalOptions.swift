// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The options that every command has, before or after its name.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Address of the API.", valueName: "url"))
    var api: String?

    @Flag(help: "Print the API's answers as they come: JSON.")
    var json = false

    @Flag(name: [.short, .long], help: "Say nothing but results and errors.")
    var quiet = false

    @Flag(help: "Never ask; what is missing is an error.")
    var noInput = false

    func validate() throws {
        guard let api else { return }
        guard APIAddress.isValid(api) else {
            throw ValidationError("--api '\(api)' is not an http:// or https:// address.")
        }
    }
}
