// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TlaoSDK

/// Says how a run has ended and what it made.
struct RunConclusion: Sendable {
    let session: CommandSession

    private var palette: Palette { session.console.statusPalette }

    /// Answers what the process ends with.
    func conclude(_ id: RunID) async throws -> ExitStatus {
        let body = try await session.client.body(of: "/runs/\(id)")
        let run = try SubmittedRun(body: body).run
        if session.printsJSON {
            try await session.console.print(body: body)
        } else {
            await tell(run, try await session.artifacts(of: id))
        }
        return ExitStatus(of: run.status)
    }

    private func tell(_ run: RunResponse, _ artifacts: [ArtifactResponse]) async {
        var lines = [headline(run)]
        lines += RunText.warnings(of: run).map { palette.notable("Warning: ") + $0 }
        if !artifacts.isEmpty {
            lines.append("")
            lines += ArtifactText.table(of: artifacts).lines(palette)
            lines.append("")
            lines.append("Get one: tlao artifact get ID")
        }
        await session.console.say(lines.joined(separator: "\n"))
        await complain(about: run)
    }

    private func headline(_ run: RunResponse) -> String {
        let status = RunText.status(run.status, palette)
        let duration = run.startedAt == nil ? "" : " after \(RunText.duration(of: run))"
        return "Run \(run.runId): \(status)\(duration)"
    }

    /// Also a quiet console says why a run did not complete.
    private func complain(about run: RunResponse) async {
        guard let error = run.error else { return }
        let reason = "\(error.code.rawValue): \(error.message.escapedByLine)"
        await session.console.complain(palette.bad("Error: ") + reason)
    }
}
