// SPDX-License-Identifier: Apache-2.0

import Archive
import Subprocess
import SystemPackage

/// The user's own git, asked about work trees.
struct GitCommand: Sendable {
    /// The environment of this process, from which git's own variables are removed.
    let environment: [String: String]

    /// Every file below `folder` that git tracks or would add, and the repositories in it.
    func files(in folder: FilePath) async throws -> [GitFile] {
        GitFile.list(
            fromListing: try await output(
                of: [
                    "ls-files", "-z", "-t", "--stage", "--cached", "--others",
                    "--exclude-standard",
                ], in: folder))
    }

    /// Settings that would change the form of the answer, or run a program of the user's.
    ///
    /// What the user has git ignore everywhere stays ignored: it is often what should not leave.
    private static let settings = ["-c", "core.quotePath=false", "-c", "core.fsmonitor=false"]

    /// Variables that say where git's settings are; they lead to no other repository.
    private static let settingsVariables: Set<String> = [
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
    ]

    private func output(of arguments: [String], in folder: FilePath) async throws -> [UInt8] {
        let result: ExecutionResult<Void, BytesOutput, StringOutput<UTF8>>
        do {
            result = try await run(
                .name("git"), arguments: Arguments(Self.settings + arguments),
                environment: .custom(cleanEnvironment), workingDirectory: folder,
                // Two million names of a hundred bytes; a listing is held in memory.
                output: .bytes(limit: 256 << 20), error: .string(limit: 64 << 10))
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw PackagingError(
                .gitMissing, "'\(folder)' is a git work tree, but there is no git to ask.",
                cause: error)
        } catch let error as SubprocessError {
            throw PackagingError(
                .gitFailed, "Git could not list the files of '\(folder)': \(error).", cause: error)
        }
        guard result.terminationStatus.isSuccess else {
            throw PackagingError(.gitFailed, Self.refusal(folder, result.standardError))
        }
        return result.standardOutput
    }

    /// A variable like GIT_DIR, as set within a git hook, would lead to another repository.
    private var cleanEnvironment: [Environment.Key: String] {
        var clean: [Environment.Key: String] = ["LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"]
        for (name, value) in environment where name != "LC_ALL" {
            guard !name.hasPrefix("GIT_") || Self.settingsVariables.contains(name) else { continue }
            guard let key = Environment.Key(rawValue: name) else { continue }
            clean[key] = value
        }
        return clean
    }

    /// Git's own words: they say what to do where the folder belongs to somebody else.
    private static func refusal(_ folder: FilePath, _ standardError: String) -> String {
        let words = standardError.split(whereSeparator: \.isNewline)
            .joined(separator: "\n  ")
        return "Git refused to list the files of '\(folder)':\n  \(words)"
    }
}
