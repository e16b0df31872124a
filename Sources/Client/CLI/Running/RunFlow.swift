// SPDX-License-Identifier: Apache-2.0

import Model

/// `tlao run` from its first to its last step.
struct RunFlow: Sendable {
    let kind: RunKind
    let options: RunOptions
    let session: CommandSession
    let stage: RunStage

    /// Runs until the run has ended, or the user leaves it; throws what the process ends with.
    static func run(
        _ kind: RunKind, _ options: RunOptions, _ global: GlobalOptions
    ) async throws {
        let console = Console(global)
        let prompt = try await PromptSource(console: console).prompt(options.prompt, for: kind)
        let stage = RunStage()
        let status = try await Interruptible.run {
            try await CommandSession.with(global, workspace: options.choice.workspace) { session in
                try await RunFlow(kind: kind, options: options, session: session, stage: stage)
                    .run(prompt)
            }
        }
        guard let status else {
            await console.complain(afterInterruption: stage.words)
            throw ExitStatus.interrupted.code
        }
        if status != .success { throw status.code }
    }

    private func run(_ prompt: String) async throws -> ExitStatus {
        let spec = kind.taskSpec(prompt: prompt, constraints: options.constraints)
        let run = try await RunSubmission(options: options, session: session, stage: stage)
            .submit(spec)
        if options.detach { return try await tell(run) }
        do {
            try await RunFollower(session: session).follow(run)
            return try await RunConclusion(session: session).conclude(run.runId)
        } catch {
            throw stage.explained(error, address: session.settings.api)
        }
    }

    /// With `--detach` the result is the run itself, not what becomes of it.
    private func tell(_ run: SubmittedRun) async throws -> ExitStatus {
        if session.printsJSON {
            try await session.console.print(body: run.body)
        } else {
            try await session.console.print(run.runId.text)
            await session.console.say("Follow it: tlao runs logs -f \(run.runId)")
        }
        return .success
    }
}
