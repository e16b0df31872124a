// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import SystemPackage
import TlaoSDK

/// Runs the command that the command line names, and ends the process with its exit status.
enum Program {
    /// Parses the arguments, runs what they ask for, and never returns.
    static func run(_ root: (some AsyncParsableCommand).Type) async -> Never {
        let status: ExitStatus
        do {
            try await perform(try await root.asyncParseAsRoot())
            status = .success
        } catch {
            status = await report(error, root)
        }
        exit(status.number)
    }

    private static func perform(_ command: any ParsableCommand) async throws {
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            var command = command
            try command.run()
        }
    }

    /// Says what went wrong, unless that is said already, and answers the exit status.
    private static func report(
        _ error: any Error, _ root: (some AsyncParsableCommand).Type
    ) async -> ExitStatus {
        let console = Console(isQuiet: false, mayAsk: false)
        switch error {
        case let code as ExitCode: return ExitStatus(number: code.rawValue)
        case let failure as CommandFailure: return await console.report(failure)
        case let error as PackagingError: return await console.report(CommandFailure(error))
        case is CancellationError: return .interrupted
        case Errno.brokenPipe: return .brokenPipe
        default: return await report(parsing: error, root, console)
        }
    }

    /// Help and version go to standard output, mistakes in the arguments to standard error.
    private static func report(
        parsing error: any Error, _ root: (some AsyncParsableCommand).Type, _ console: Console
    ) async -> ExitStatus {
        let code = root.exitCode(for: error)
        let message = root.fullMessage(for: error)
        if code == .success {
            do {
                try await console.print(message)
            } catch {
                return .brokenPipe
            }
            return .success
        }
        guard code == .validationFailure else {
            return await console.report(
                CommandFailure(.internal, "An unforeseen fault: \(error)", cause: error))
        }
        await console.complain(message)
        return .usage
    }
}
