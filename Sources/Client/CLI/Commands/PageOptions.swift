// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// How much of a list is shown.
struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many to show, 1 to 200.", valueName: "n"))
    var limit: Int?

    @Flag(help: "Show all, page after page.")
    var all = false

    func validate() throws {
        if let limit, !(1...200).contains(limit) {
            throw ValidationError("--limit is 1 to 200.")
        }
    }
}
