// SPDX-License-Identifier: Apache-2.0

import Subprocess
import SystemPackage
import TestSupport

/// A program that runs to its end: git, tar, kcat, or one of the product's own.
struct Command: Sendable {
    let status: TerminationStatus
    let output: String
    let error: String

    /// Runs a program, found on the path unless it is one, with the input given.
    ///
    /// Throws `DeadlineExceeded` at the limit; then it is killed.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        in folder: String? = nil, input: String = "", within limit: Duration = .seconds(60)
    ) async throws -> Command {
        let variables = ["PATH": path, "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        let keys = variables.map { (Subprocess.Environment.Key(stringLiteral: $0), $1) }
        return try await withDeadline(limit, for: "the end of \(program) \(arguments)") {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(arguments),
                environment: .custom(Dictionary(uniqueKeysWithValues: keys)),
                workingDirectory: folder.map { FilePath($0) }, input: .string(input),
                output: .string(limit: 64 << 20), error: .string(limit: 8 << 20))
            return Command(
                status: result.terminationStatus, output: result.standardOutput,
                error: result.standardError)
        }
    }

    /// Runs a program as ``run(_:_:environment:in:input:within:)`` does and answers its output;
    /// throws unless it succeeds.
    @discardableResult
    static func output(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        in folder: String? = nil, input: String = "", within limit: Duration = .seconds(60)
    ) async throws -> String {
        let ended = try await run(
            program, arguments, environment: environment, in: folder, input: input, within: limit)
        guard ended.status.isSuccess else {
            throw Failure(command: ([program] + arguments).joined(separator: " "), ended: ended)
        }
        return ended.output
    }

    static let path = "/usr/local/bin:/usr/bin:/bin"

    struct Failure: Error, CustomStringConvertible {
        let command: String
        let ended: Command
        var description: String { "\(command): \(ended.status)\n\(ended.error)" }
    }
}
