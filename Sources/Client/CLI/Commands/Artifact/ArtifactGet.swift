// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import FoundationEssentials
import Model
import SystemPackage
import TlaoSDK

/// `tlao artifact get`.
struct ArtifactGet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Download an artifact into the current folder.",
        discussion: """
            The file appears once its size and SHA-256 have been found right. A file that is there
            stays as it is without --force; a link is never followed.
            """)

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Where to write it; - is standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Replace a file that is there.")
    var force = false

    @Argument(help: ArgumentHelp("The artifact.", valueName: "id")) var id: ArtifactID

    func run() async throws {
        let finished: Void? = try await Interruptible.run {
            try await CommandSession.with(global) { session in
                let body = try await session.client.body(of: "/artifacts/\(id)")
                let artifact = try JSONText.decode(ArtifactResponse.self, from: body)
                let target = try await DownloadTarget(
                    output: output, fileName: artifact.fileName, replaces: force)
                try await ArtifactDownload(artifact: artifact, target: target, session: session)
                    .run()
                if session.printsJSON, !target.isStandardOutput {
                    try await session.console.print(body: body)
                }
            }
        }
        if finished == nil { throw ExitStatus.interrupted.code }
    }
}
