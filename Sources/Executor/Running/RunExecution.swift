// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import ServiceRuntime
import SystemPackage

/// The execution of one run that this worker holds, from the claim to its last event.
struct RunExecution: Sendable {
    let run: Run
    let claim: RunClaim
    let control: RunControl
    let timeline: TimelineWriter
    let configuration: ExecutorConfiguration
    let dependencies: ExecutorDependencies
    let logger: Logger
    private let lease: LeaseHolder
    private let workFolder: WorkFolder

    init(
        _ claim: RunClaim, in workFolder: WorkFolder, configuration: ExecutorConfiguration,
        dependencies: ExecutorDependencies
    ) {
        var logger = dependencies.logger
        logger[metadataKey: LogKeys.runID] = "\(claim.run.id)"
        logger[metadataKey: LogKeys.workspaceID] = "\(claim.run.workspaceID)"
        logger[metadataKey: LogKeys.executorName] = "\(claim.executor.executorName)"
        self.claim = claim
        run = claim.run
        control = claim.control
        self.configuration = configuration
        self.dependencies = dependencies
        self.logger = logger
        self.workFolder = workFolder
        timeline = TimelineWriter(claim, dependencies: dependencies, logger: logger)
        lease = LeaseHolder(claim, timeline: timeline, dependencies: dependencies, logger: logger)
    }

    /// Executes the run and reports how it ended; `freeSlot` is called once nothing of it is left
    /// on this machine.
    func run(freeSlot: @Sendable () -> Void) async {
        logger.info("Run claimed", metadata: [LogKeys.operation: "execute"])
        let ended = await lease.held {
            await withinTimeLimit {
                guard let outcome = await work() else { return nil }
                return await lease.finish(outcome)
            }
        }
        if let ended { ring(ended) }
        await workFolder.removeRunFolder(run.id)
        freeSlot()
        await report(ended)
    }

    /// The run's outcome; nil when it is not held any more, or the worker is being killed.
    private func work() async -> RunOutcome? {
        let preparation = await prepared()
        let end = await agentEnd(preparation)
        guard isHeld else { return nil }
        let outcome = await collected(preparation, end)
        return isHeld ? outcome : nil
    }

    /// Whether the outcome may be written.
    ///
    /// A task that is cancelled writes nothing: the sweepers end its run as that of a lost worker,
    /// which it is.
    private var isHeld: Bool { !control.isLost && !Task.isCancelled }

    // MARK: Preparing

    private func prepared() async -> Result<RunPreparation, any Error> {
        do {
            let folder = try await workFolder.makeRunFolder(run.id)
            return .success(
                try await control.untilStopped {
                    try await RunPreparation.prepare(
                        claim, in: folder, configuration: configuration,
                        dependencies: dependencies, logger: logger)
                })
        } catch {
            return .failure(error)
        }
    }

    // MARK: The agent

    private func agentEnd(
        _ preparation: Result<RunPreparation, any Error>
    ) async -> RunOutcome.End {
        do {
            let agent = AgentRun(
                preparation: try preparation.get(), claim: claim, timeline: timeline,
                configuration: configuration, dependencies: dependencies, logger: logger)
            let end = try await agent.run()
            return control.reason.map(RunEnding.end(of:)) ?? end
        } catch {
            return RunEnding.end(after: error, control.reason, logger)
        }
    }

    // MARK: Collecting

    /// What there is to keep is kept however the run ended.
    private func collected(
        _ preparation: Result<RunPreparation, any Error>, _ end: RunOutcome.End
    ) async -> RunOutcome {
        do {
            let artifacts = try await control.untilLost {
                try await collect(try? preparation.get(), end)
            }
            var outcome = RunOutcome(
                end: RunEnding.end(end, losing: artifacts.lost),
                artifactIDs: artifacts.all.map(\.id), logArtifactID: artifacts.logID,
                logsTruncated: artifacts.isLogTruncated)
            outcome.warnings = ((try? preparation.get().warnings) ?? []) + artifacts.warnings
            return outcome
        } catch {
            let failure = RunEnding.end(after: error, nil, logger)
            let recorded = await recordedArtifacts()
            return RunOutcome(end: end == .completed ? failure : end, artifactIDs: recorded)
        }
    }

    private func collect(
        _ preparation: RunPreparation?, _ end: RunOutcome.End
    ) async throws -> CollectedArtifacts {
        try await timeline.enter(.collecting, "Collecting what was produced")
        let folder = RunFolder(path: workFolder.path + "/" + run.id.text)
        let collector = ArtifactCollector(
            folder: folder,
            upload: ArtifactUpload(
                claim: claim, timeline: timeline, configuration: configuration,
                dependencies: dependencies, logger: logger),
            configuration: configuration)
        let log = preparation?.log ?? RunLog(in: FilePath(folder.log), limit: 4_096)
        if preparation == nil, case .failed(let failure) = end {
            try await log.append(Array("[\(failure.code.rawValue)] \(failure.message)\n".utf8))
        }
        let limit = preparation?.guardrails.maxLogBytes ?? dependencies.guardrails.maxLogBytes
        var artifacts = try await collector.collect(
            preparation?.record, log: log, logLimit: limit)
        if end == .completed {
            artifacts.warnOfMissing(preparation?.spec.output?.expectedArtifacts ?? [])
        }
        return artifacts
    }

    /// What was recorded before collecting failed; best effort, the links say it in any case.
    private func recordedArtifacts() async -> [ArtifactID] {
        do {
            return try await dependencies.runs.artifactIDs(of: run.id)
        } catch {
            return []
        }
    }
}
