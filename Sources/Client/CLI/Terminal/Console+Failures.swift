// SPDX-License-Identifier: Apache-2.0

extension Console {
    /// Says what went wrong and what to try, and answers what the process ends with.
    func report(_ failure: CommandFailure) async -> ExitStatus {
        var lines = [statusPalette.bad("Error:") + " " + failure.reason.escapedByLine]
        lines += failure.advice.map { "  " + $0.escapedByLine }
        if let id = failure.correlationID {
            lines.append(statusPalette.faint("  correlation id: " + id.escapedForTerminal))
        }
        await complain(lines.joined(separator: "\n"))
        return failure.code
    }
}
