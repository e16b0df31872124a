// SPDX-License-Identifier: Apache-2.0

import Foundation
import PropertyTesting
import Subprocess
import SystemPackage

/// A folder in which a test calls git, with a configuration that is nobody's.
struct GitRepository: Sendable {
    let folder: FilePath

    /// An environment in which git finds no configuration of the user or the machine.
    static let environment: [String: String] = {
        var environment = ProcessInfo.processInfo.environment
        for name in environment.keys where name.hasPrefix("GIT_") { environment[name] = nil }
        environment["GIT_CONFIG_NOSYSTEM"] = "1"
        environment["HOME"] = "/nonexistent"
        environment["XDG_CONFIG_HOME"] = "/nonexistent"
        return environment
    }()

    init(initializing folder: FilePath) async throws {
        self.folder = folder
        _ = try await git("init", "--quiet", "--template=")
    }

    /// Calls git in the folder; its output when it succeeds.
    @discardableResult
    func git(_ arguments: String...) async throws -> [UInt8] {
        let settings = [
            "-c", "user.name=test", "-c", "user.email=test@localhost", "-c",
            "protocol.file.allow=always", "-c", "core.excludesFile=/dev/null",
        ]
        var environment: [Environment.Key: String] = ["GIT_CONFIG_NOSYSTEM": "1"]
        for (name, value) in Self.environment {
            environment[try requireValue(Environment.Key(rawValue: name))] = value
        }
        let result = try await run(
            .name("git"), arguments: Arguments(settings + arguments),
            environment: .custom(environment), workingDirectory: folder,
            output: .bytes(limit: 16 << 20), error: .string(limit: 1 << 20))
        let words = "git \(arguments): \(result.standardError)"
        try require(result.terminationStatus.isSuccess, words)
        return result.standardOutput
    }

    /// What the index holds.
    func trackedFiles() async throws -> Set<String> {
        let names = try await git("ls-files", "-z").split(separator: 0)
        return Set(names.map { String(decoding: $0, as: UTF8.self) })
    }
}
