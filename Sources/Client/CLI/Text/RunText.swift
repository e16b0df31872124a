// SPDX-License-Identifier: Apache-2.0

import API
import Model

/// Runs as people read them.
enum RunText {
    /// The prompt's first line.
    static func title(of run: RunResponse) -> String {
        run.title.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    }

    /// From its claim to its end, or to now.
    static func duration(of run: RunResponse, at now: Timestamp = .current) -> String {
        guard let start = run.startedAt else { return "-" }
        return TimeText.duration((run.completedAt ?? now).duration(since: start))
    }

    static func status(_ status: RunStatus, _ palette: Palette) -> String {
        let word = status.rawValue.replacing("_", with: " ")
        return switch status {
        case .completed: palette.good(word)
        case .failed, .timedOut: palette.bad(word)
        case .queued, .running, .cancelled: palette.notable(word)
        }
    }

    /// Why it waits; nil when it doesn't, or is about to start.
    static func waiting(_ run: RunResponse) -> String? {
        guard let waiting = run.waitingFor, waiting.reason != .starting else { return nil }
        let place = waiting.position.map { " Place in line: \($0)." } ?? ""
        return waiting.message + place
    }

    static func warnings(of run: RunResponse) -> [String] {
        run.warnings.map { warning in
            let count = warning.count > 1 ? " (\(warning.count) times)" : ""
            return "\(warning.code.rawValue): \(warning.message)\(count)".escapedByLine
        }
    }

    /// Everything about a run but its output, a line each.
    static func details(of run: RunResponse, _ palette: Palette) -> [String] {
        var lines = [
            "run        \(run.runId)", "status     \(status(run.status, palette))",
            "title      \(title(of: run).escapedForTerminal)",
            "type       \(run.taskType.rawValue)",
            "executor   \((run.executorName ?? "-").escapedForTerminal)",
            "workspace  \(run.workspaceId)", "task       \(run.taskId)",
            "priority   \(run.priority)",
            "created    \(run.createdAt) (\(TimeText.age(of: run.createdAt)))",
        ]
        if let time = run.startedAt { lines.append("started    \(time)") }
        if let time = run.completedAt {
            lines.append("ended      \(time), after \(duration(of: run))")
        }
        if let reason = waiting(run) { lines.append("waits      \(reason)") }
        if let original = run.retryOf { lines.append("retry of   \(original)") }
        if let error = run.error {
            lines.append("error      \(error.code.rawValue): \(error.message.escapedByLine)")
        }
        return lines + warnings(of: run).map { "warning    \($0)" }
    }
}
