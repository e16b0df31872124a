// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Processes
import Seams

/// The agent of a run, from its start until nothing of its process tree is left.
struct AgentRun: Sendable {
    let preparation: RunPreparation
    let claim: RunClaim
    let timeline: TimelineWriter
    let configuration: ExecutorConfiguration
    let dependencies: ExecutorDependencies
    let logger: Logger

    /// Starts the agent, relays its output and answers how it ended by itself.
    ///
    /// A stop ends it: TERM, after the grace KILL; at once where the hold on the run is lost.
    func run() async throws -> RunOutcome.End {
        try await claim.control.untilStopped {
            try await timeline.enter(.running, "Running the agent")
        }
        let relay = OutputRelay(
            claim, timeline: timeline, log: preparation.log, configuration: configuration,
            dependencies: dependencies, logger: logger)
        let completion = try await HostedProcess.run(processConfiguration) { process in
            try await follow(process, relay)
        }
        return AgentEnding.end(
            of: completion.outcome, errors: relay.errors.takeChanged() ?? "")
    }

    private func follow(_ process: HostedProcess, _ relay: OutputRelay) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await claim.control.watch { reason in
                    if reason == .lost { process.kill() } else { process.terminate() }
                }
            }
            defer { group.cancelAll() }
            try await relay.relay(process.output, onFailure: { process.terminate() })
            // Its output may end before it does.
            _ = await process.outcome
        }
    }

    private var processConfiguration: HostedProcess.Configuration {
        HostedProcess.Configuration(
            hostPath: configuration.agentHostPath,
            command: preparation.command.words,
            environment: AgentEnvironment.variables(
                claim.executor.config.environment,
                inherited: configuration.inheritedEnvironment, run: claim.run,
                spec: preparation.spec, guardrails: preparation.guardrails,
                folder: preparation.folder),
            workingDirectory: preparation.folder.workspace,
            standardInput: preparation.command.input,
            terminationGrace: dependencies.timing.terminateGrace)
    }
}
