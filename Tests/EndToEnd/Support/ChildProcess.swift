// SPDX-License-Identifier: Apache-2.0

import Foundation
import Subprocess
import SystemPackage

/// A process that runs for the length of a scope, with its output in files.
struct ChildProcess: Sendable {
    /// What the scope's body answered, and how the process ended.
    struct Ended<Value: Sendable>: Sendable {
        let value: Value
        let status: TerminationStatus
    }

    let identifier: pid_t
    private let outputPath: String
    private let errorPath: String
    private let kill: @Sendable () throws -> Void
    private let input: @Sendable (String) async throws -> Void

    /// Runs a program for the length of `body`, then asks it to end (TERM) and waits until it has.
    ///
    /// Whoever ends it in `body` is not asked twice; one that doesn't obey within a minute is
    /// killed, which its status then tells. Its standard input stays open meanwhile. The
    /// environment is exactly the one given.
    static func with<Value: Sendable>(
        _ path: String, _ arguments: [String], environment: [String: String], folder: String,
        _ body: (ChildProcess) async throws -> Value
    ) async throws -> Ended<Value> {
        let name = "\(folder)/\(FilePath(path).lastComponent?.string ?? "process")-\(UUID())"
        let ended = try await run(
            .path(FilePath(path)), arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(
                    uniqueKeysWithValues: environment.map {
                        (Subprocess.Environment.Key(stringLiteral: $0), $1)
                    })),
            input: .inputWriter,
            output: .fileDescriptor(try file(name + ".out"), closeAfterSpawningProcess: true),
            error: .fileDescriptor(try file(name + ".err"), closeAfterSpawningProcess: true)
        ) { execution in
            let process = ChildProcess(
                identifier: execution.processIdentifier.value, outputPath: name + ".out",
                errorPath: name + ".err", kill: { try execution.send(signal: .kill) },
                input: { _ = try await execution.standardInputWriter.write($0) })
            let result: Result<Value, any Error>
            do { result = .success(try await body(process)) } catch { result = .failure(error) }
            await execution.teardown(
                using: [.send(signal: .terminate, allowedDurationToNextStep: .seconds(60))])
            return result
        }
        do {
            return Ended(value: try ended.closureResult.get(), status: ended.terminationStatus)
        } catch {
            throw ProcessContext(
                path: path, status: ended.terminationStatus, errorOutput: text(name + ".err"),
                cause: error)
        }
    }

    /// What it has written to standard output so far.
    var output: String { Self.text(outputPath) }
    /// The same, byte for byte.
    var outputBytes: [UInt8] { Array(FileManager.default.contents(atPath: outputPath) ?? Data()) }
    /// What it has written to standard error so far.
    var errorOutput: String { Self.text(errorPath) }

    /// Whether it still executes; a process that has ended but was not yet waited for doesn't.
    var isRunning: Bool { ProcessTable.isRunning(identifier) }

    /// Throws when it doesn't execute any more, for whoever waits for something of it.
    func requireRunning() throws {
        guard isRunning else { throw EndedEarly() }
    }

    struct EndedEarly: Error {}

    /// Kills it, with no chance to do anything about it.
    func killNow() throws { try kill() }

    /// Writes to its standard input.
    func write(_ text: String) async throws { try await input(text) }

    private static func file(_ path: String) throws -> FileDescriptor {
        try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
            permissions: [.ownerRead, .ownerWrite])
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}

/// Why a body failed, and what the process it used had to say.
struct ProcessContext: Error, CustomStringConvertible {
    let path: String
    let status: TerminationStatus
    let errorOutput: String
    let cause: any Error

    var description: String {
        """
        \(cause)
        --- \(path) ended with \(status); the end of its standard error:
        \(errorOutput.split(separator: "\n").suffix(25).joined(separator: "\n"))
        ---
        """
    }
}
