// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import Model
import TlaoSDK

/// `tlao runs logs`.
struct RunsLogs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print what a run's agent has written.",
        discussion: """
            With --follow it goes on until the run ends. With --json it prints the events of the
            run's timeline, one a line.
            """)

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    @Flag(name: [.short, .long], help: "Go on as the run does, until it ends.")
    var follow = false

    @Argument(help: ArgumentHelp("The run.", valueName: "id")) var id: RunID

    func run() async throws {
        let finished: Void? = try await Interruptible.run {
            try await CommandSession.with(global) { session in
                if follow {
                    try await followed(session)
                } else if session.printsJSON {
                    try await printTimeline(session)
                } else {
                    try await session.client.downloadLog(of: id) { bytes in
                        try await session.console.write(bytes)
                    }
                }
            }
        }
        if finished == nil { throw ExitStatus.interrupted.code }
    }

    private func followed(_ session: CommandSession) async throws {
        for try await event in session.client.streamRun(id) {
            if session.printsJSON {
                try await session.console.print(body: try JSONText.bytes(event))
            } else if event.type == .log {
                try await session.console.write(Array(event.message.utf8))
            }
        }
    }

    private func printTimeline(_ session: CommandSession) async throws {
        var sequence: Int64 = 0
        var isComplete = false
        while !isComplete {
            let steps = try await session.client.listSteps(of: id, after: sequence, limit: 200)
            for event in steps.items {
                try await session.console.print(body: try JSONText.bytes(event))
                sequence = event.sequenceNumber
            }
            isComplete = steps.nextCursor == nil || steps.items.isEmpty
        }
    }
}
