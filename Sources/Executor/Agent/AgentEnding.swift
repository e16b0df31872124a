// SPDX-License-Identifier: Apache-2.0

import Model
import Processes

/// Says what the end of a `command` agent's process means for its run.
enum AgentEnding {
    /// The run's end; `errors` is the end of what the agent wrote to its standard error.
    static func end(of outcome: HostedProcess.Outcome, errors: String) -> RunOutcome.End {
        switch outcome {
        case .exited(code: 0): .completed
        case .exited(let code):
            .failed(RunFailure(code: .agentFailed, message: message("exited with \(code)", errors)))
        case .signaled(let signal):
            .failed(
                RunFailure(
                    code: .agentCrashed, message: message("died of signal \(signal)", errors)))
        case .startFailed(let failure): .failed(self.failure(toStart: failure))
        case .hostLost:
            .failed(
                RunFailure(
                    code: .agentCrashed,
                    message: message("was lost together with its parent process", errors)))
        }
    }

    private static func failure(toStart failure: HostedProcess.StartFailure) -> RunFailure {
        switch failure.kind {
        case .notFound, .notExecutable:
            RunFailure(
                code: .agentNotFound, message: "The agent could not be started: \(failure.reason)")
        case .argumentsTooLong:
            RunFailure(
                code: .agentFailed,
                message: """
                    The agent could not be started: \(failure.reason) Let the executor's command \
                    use {promptFile}, or promptVia stdin.
                    """)
        default:
            RunFailure(
                code: .internal, message: "The agent could not be started: \(failure.reason)")
        }
    }

    private static func message(_ what: String, _ errors: String) -> String {
        errors.isEmpty ? "The agent \(what)." : "The agent \(what):\n\(errors)"
    }
}
