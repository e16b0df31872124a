// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `tlao artifact`: what runs have made.
struct ArtifactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "artifact", abstract: "List and download what runs have made.",
        subcommands: [ArtifactList.self, ArtifactGet.self])
}
