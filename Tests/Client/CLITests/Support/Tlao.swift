// SPDX-License-Identifier: Apache-2.0

import Foundation
import PropertyTesting
import Subprocess
import SystemPackage
import TestSupport

/// The built program `tlao`, run by tests with a home folder of their own.
struct Tlao: Sendable {
    /// What a finished command left.
    struct Ended: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The home folder; also where commands stand unless they are told another folder.
    let home: FilePath
    /// Variables beside those that every command gets.
    var variables: [String: String] = [:]

    var configurationPath: FilePath { home.appending("config/tlao/config.json") }
    var upPath: FilePath { home.appending("data/tlao-codex/up.json") }

    /// The program lies beside the one that runs the tests.
    static let program: FilePath = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        return FilePath(own ?? "").removingLastComponent().appending("tlao")
    }()

    /// Runs a command to its end.
    func callAsFunction(
        _ arguments: String..., input: String = "", in folder: FilePath? = nil
    ) async throws -> Ended {
        try await call(arguments, input: input, in: folder)
    }

    /// Runs a command to its end.
    func call(
        _ arguments: [String], input: String = "", in folder: FilePath? = nil
    ) async throws -> Ended {
        let result = try await Subprocess.run(
            .path(Self.program), arguments: Arguments(arguments), environment: try environment(),
            workingDirectory: folder ?? home, input: .string(input),
            output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
        return try ended(
            result.terminationStatus, result.standardOutput, result.standardError)
    }

    /// Runs a command without input, and `body` beside it, which may signal the process.
    func run(
        _ arguments: String..., in folder: FilePath? = nil,
        beside body: @escaping @Sendable (Signalling) async throws -> Void
    ) async throws -> Ended {
        let result = try await Subprocess.run(
            .path(Self.program), arguments: Arguments(arguments), environment: try environment(),
            workingDirectory: folder ?? home, input: .none, output: .string(limit: 16 << 20),
            error: .string(limit: 1 << 20)
        ) { execution in
            try await body { try execution.send(signal: $0) }
        }
        return try ended(
            result.terminationStatus, result.standardOutput, result.standardError)
    }

    /// Sends a signal to a command.
    typealias Signalling = (Signal) throws -> Void

    private func environment() throws -> Environment {
        var all = [
            "HOME": home.string, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
            "XDG_CONFIG_HOME": home.appending("config").string,
            "XDG_DATA_HOME": home.appending("data").string,
            "TMPDIR": home.string,
        ]
        all.merge(variables) { $1 }
        var environment: [Environment.Key: String] = [:]
        for (name, value) in all {
            environment[try requireValue(Environment.Key(rawValue: name))] = value
        }
        return .custom(environment)
    }

    private func ended(
        _ status: TerminationStatus, _ output: String?, _ errors: String?
    ) throws -> Ended {
        guard case .exited(let code) = status else {
            throw PropertyFailure("tlao was ended by a signal: \(status)")
        }
        return Ended(status: code, output: output ?? "", errors: errors ?? "")
    }
}

/// Lends the program with an empty home folder.
func withTlao<Value>(_ body: (Tlao) async throws -> Value) async throws -> Value {
    try await withTemporaryDirectory { folder in
        try await body(Tlao(home: FilePath(folder)))
    }
}

extension Tlao {
    /// Writes a file below the home folder.
    func write(_ path: FilePath, _ content: String) throws {
        let url = URL(filePath: path.string)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
    }

    /// The text of a file; nil when there is none.
    func read(_ path: FilePath) -> String? {
        FileManager.default.contents(atPath: path.string).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The permission bits of a file or folder.
    func mode(of path: FilePath) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
    }

    /// All names in a folder, hidden ones too.
    func names(in folder: FilePath) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
    }
}
