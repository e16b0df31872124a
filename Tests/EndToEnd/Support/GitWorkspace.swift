// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A git work tree with one commit, and its archive as any other program would make it.
struct GitWorkspace: Sendable {
    /// A tar.gz file.
    struct Archive: Sendable {
        let path: String
        let size: Int64
        let sha256: String
    }

    let path: String

    /// Makes a repository with the files given, by path, and commits them.
    init(_ files: [String: String], at path: String) async throws {
        self.path = path
        for (name, content) in files {
            let file = URL(filePath: path).appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content.utf8).write(to: file)
        }
        try await git("init", "--quiet", "--initial-branch=main")
        try await git("add", "--all")
        try await git("commit", "--quiet", "--message=Begin")
    }

    /// Runs git in the work tree, with no configuration but the repository's.
    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        try await Command.output(
            "git", ["-c", "user.name=Test", "-c", "user.email=test@localhost"] + arguments,
            environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"],
            in: path)
    }

    /// Packs the work tree, without the repository, with the system's tar.
    func archive() async throws -> Archive {
        let archive = path + ".tar.gz"
        try await Command.output("tar", ["-czf", archive, "--exclude=./.git", "-C", path, "."])
        let size = try FileManager.default.attributesOfItem(atPath: archive)[.size] as? Int64
        return Archive(
            path: archive, size: size ?? 0, sha256: try await Self.sha256(ofFile: archive))
    }

    /// The content of a file of the work tree; nil where there is none.
    func content(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The SHA-256 of a file, computed by a program that is not ours.
    static func sha256(ofFile path: String) async throws -> String {
        String(try await Command.output("sha256sum", [path]).prefix(64))
    }
}
