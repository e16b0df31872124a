// SPDX-License-Identifier: Apache-2.0

import Processes
import Seams

/// Runs git on a repository of the worker's own, with no configuration, hook, attribute or variable
/// but those given here, whatever the workspace holds.
struct GitCommand: Sendable {
    let hostPath: String
    /// The repository, outside of the workspace.
    let repository: String
    /// The work tree.
    let workspace: String
    /// Where git and its own programs are looked for.
    let searchPath: String
    let time: any TimeSource

    /// How long one call may take.
    private static let patience: Duration = .seconds(120)

    /// Runs git, hands what it writes to `receive` as it comes, and answers its exit code.
    ///
    /// Cancelling the task ends it at once.
    ///
    /// - Throws: ``ExecutorError`` `gitFailed` when the exit code is not one of `codes`, or git
    ///   took too long; what `receive` throws; `CancellationError`.
    @discardableResult
    func run(
        _ arguments: [String], input: HostedProcess.StandardInput = .none,
        accepting codes: Set<Int32> = [0],
        _ receive: @escaping @Sendable ([UInt8]) async throws -> Void = { _ in }
    ) async throws -> Int32 {
        let outcome = try await outcome(of: arguments, input, receive)
        try Task.checkCancellation()
        let name = arguments.first ?? ""
        guard case .exited(let code) = outcome.outcome else {
            throw ExecutorError(.gitFailed, "git \(name) ended as \(outcome.outcome).")
        }
        guard codes.contains(code) else {
            let errors = String(decoding: outcome.value, as: UTF8.self)
            throw ExecutorError(.gitFailed, "git \(name) exited with \(code): \(errors)")
        }
        return code
    }

    /// Runs git and answers what it writes, at most `limit` bytes.
    ///
    /// - Throws: As ``run(_:input:accepting:_:)``, and `gitFailed` beyond the limit.
    func output(
        of arguments: [String], input: HostedProcess.StandardInput = .none,
        accepting codes: Set<Int32> = [0], limit: Int = 64 << 20
    ) async throws -> [UInt8] {
        let collected = Collected(limit: limit)
        try await run(arguments, input: input, accepting: codes) { try await collected.add($0) }
        return await collected.bytes
    }

    private func outcome(
        of arguments: [String], _ input: HostedProcess.StandardInput,
        _ receive: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws -> HostedProcess.Completion<[UInt8]> {
        var configuration = HostedProcess.Configuration(
            hostPath: hostPath, command: ["git"] + arguments, environment: environment,
            workingDirectory: workspace, standardInput: input, isolation: .processTree)
        configuration.terminationGrace = .seconds(1)
        return try await HostedProcess.run(configuration) { process in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    if await time.pause(for: Self.patience) { process.kill() }
                }
                defer { group.cancelAll() }
                var errors: [UInt8] = []
                for await piece in process.output {
                    switch piece.stream {
                    case .standardOutput: try await receive(piece.bytes)
                    case .standardError: errors = (errors + piece.bytes).suffix(2_048)
                    }
                }
                _ = await process.outcome
                return errors
            }
        }
    }

    private var environment: [String: String] {
        [
            "PATH": searchPath, "HOME": repository, "LC_ALL": "C",
            "GIT_DIR": repository, "GIT_WORK_TREE": workspace,
            "GIT_INDEX_FILE": repository + "/index",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_ATTR_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_REPLACE_OBJECTS": "1", "GIT_CEILING_DIRECTORIES": workspace,
        ]
    }

    /// Output in memory, up to a limit.
    private actor Collected {
        private(set) var bytes: [UInt8] = []
        private let limit: Int

        init(limit: Int) {
            self.limit = limit
        }

        func add(_ more: [UInt8]) throws {
            guard bytes.count + more.count <= limit else {
                throw ExecutorError(.gitFailed, "git wrote more than \(limit) bytes.")
            }
            bytes += more
        }
    }
}
