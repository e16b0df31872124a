// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TlaoSDK

/// Shows a run's timeline while it happens: the agent's output as the result, all else beside it.
struct RunFollower: Sendable {
    let session: CommandSession

    private var console: Console { session.console }
    private var palette: Palette { console.statusPalette }

    func follow(_ submitted: SubmittedRun) async throws {
        if !session.printsJSON { await introduce(submitted.run) }
        for try await event in session.client.streamRun(submitted.runId) {
            if session.printsJSON {
                try await console.print(body: try JSONText.bytes(event))
            } else {
                try await show(event)
            }
        }
    }

    private func introduce(_ run: RunResponse) async {
        await console.say("Run \(palette.strong(run.runId.text))")
        if let reason = RunText.waiting(run) { await console.say(mark + reason) }
    }

    private func show(_ event: ProgressEvent) async throws {
        switch event.type {
        case .log: try await console.write(Array(event.message.utf8))
        case .statusChange: await console.say(mark + event.message.escapedByLine)
        case .artifactReady:
            let size = event.data["size"]?.whole.map { " (\(ByteCount.text($0)))" } ?? ""
            await console.say(mark + "Artifact \(event.message.escapedForTerminal)\(size)")
        case .runError: await console.say(palette.bad("● ") + event.message.escapedByLine)
        }
    }

    private var mark: String { palette.faint("● ") }
}
