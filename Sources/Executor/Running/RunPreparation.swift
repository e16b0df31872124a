// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Processes
import Repositories
import Storage
import SystemPackage
import _NIOFileSystem

/// A run that is ready for its agent: everything that was fetched, unpacked and recorded for it.
struct RunPreparation: Sendable {
    let folder: RunFolder
    let spec: TaskSpec
    /// The limits in force for the workspace.
    let guardrails: Guardrails
    let command: AgentCommand
    /// What the workspace was.
    let record: WorkspaceRecord
    /// Where the output goes.
    let log: RunLog
    let warnings: [RunWarning]

    /// Prepares a run in its folder.
    ///
    /// - Throws: ``RunFault`` with the reason for which the run fails; errors of disk, table and
    ///   git.
    static func prepare(
        _ claim: RunClaim, in folder: RunFolder, configuration: ExecutorConfiguration,
        dependencies: ExecutorDependencies, logger: Logger
    ) async throws -> RunPreparation {
        let fetch = RunFetch(
            run: claim.run, folder: folder, dependencies: dependencies,
            retry: TransferRetry(configuration, dependencies, logger))
        let spec = try await fetch.spec()
        try requireSupport(for: spec, claim.executor)
        let guardrails = try await fetch.guardrails()
        try await fetch.workspace(
            unpackedBytes: configuration.unpackedBytes, entries: configuration.unpackedEntries)
        let command = try await Self.command(claim.executor.config, spec, folder)
        let git = GitCommand(
            hostPath: configuration.agentHostPath, repository: folder.repository,
            workspace: folder.workspace,
            searchPath: configuration.inheritedEnvironment["PATH"]
                ?? AgentEnvironment.defaultPath,
            time: dependencies.time)
        return RunPreparation(
            folder: folder, spec: spec, guardrails: guardrails, command: command,
            record: try await WorkspaceRecord.make(
                of: folder, git: git, fileLimit: configuration.artifactBytes),
            log: RunLog(in: FilePath(folder.log), limit: guardrails.maxLogBytes),
            warnings: try await missingFiles(of: spec, in: folder))
    }

    /// Refuses what this version can't do, before anything of it is run.
    private static func requireSupport(
        for spec: TaskSpec, _ executor: ExecutorRecord
    ) throws {
        guard !spec.restrictsPaths else {
            throw RunFault(
                .sandboxUnavailable,
                """
                The task restricts paths (readOnlyPaths, writePaths), and this version has no \
                sandbox that could enforce that.
                """)
        }
        guard executor.config.protocol == .command else {
            throw RunFault(
                .agentProtocolError,
                """
                The executor \(executor.executorName) speaks the protocol \
                \(executor.config.protocol.rawValue), and this version runs command agents only.
                """)
        }
    }

    private static func command(
        _ config: ExecutorConfig, _ spec: TaskSpec, _ folder: RunFolder
    ) async throws -> AgentCommand {
        let prompt = PromptText.text(for: spec.input)
        try await FileSystem.shared.withFileHandle(
            forWritingAt: FilePath(folder.prompt),
            options: .newFile(replaceExisting: true, permissions: [.ownerReadWrite])
        ) { file in
            _ = try await file.write(contentsOf: Array(prompt.utf8), toAbsoluteOffset: 0)
        }
        return try AgentCommand(config, prompt: prompt, folder: folder)
    }

    private static func missingFiles(
        of spec: TaskSpec, in folder: RunFolder
    ) async throws -> [RunWarning] {
        var missing: [String] = []
        for name in spec.input.files ?? [] {
            let info = try await FileSystem.shared.info(
                forFileAt: FilePath(folder.workspace).appending(name), infoAboutSymbolicLink: true)
            if info == nil { missing.append(name) }
        }
        guard !missing.isEmpty else { return [] }
        return [
            RunWarning(
                code: .fileMissing,
                message: "Not in the workspace: \(missing.joined(separator: ", "))",
                count: missing.count)
        ]
    }
}
