// SPDX-License-Identifier: Apache-2.0

import Archive
import Glibc
import SystemPackage

/// Finds what makes a folder's archive too large, to say what to leave out.
struct OversizeReport: Sendable {
    let folder: FilePath
    let environment: [String: String]

    private static let shown = 5

    /// One part of the folder: what lies directly in it, a folder with all its files.
    private struct Part: Sendable {
        let name: String
        var bytes: Int64 = 0
    }

    /// The failure, with the largest parts of the folder.
    func failure(limit: Int64) async -> CommandFailure {
        let parts = await parts().sorted { $0.bytes > $1.bytes }
        let total = parts.reduce(0) { $0 + $1.bytes }
        let largest = parts.prefix(Self.shown).map { part in
            "\(ByteCount.text(part.bytes))  \(part.name.escapedForTerminal)"
        }
        return CommandFailure(
            .badInput,
            """
            The folder's archive is larger than the \(limit) bytes (\(ByteCount.text(limit))) \
            that the workspace allows; its files have \(ByteCount.text(total)).
            """,
            advice: ["The largest, before compression:"] + largest
                + ["Leave out what the agent doesn't need: name it in .gitignore, or --path DIR."])
    }

    /// A folder that can't be listed has been refused before; here it has no parts to show.
    private func parts() async -> [Part] {
        let listing = WorkspaceListing(git: GitCommand(environment: environment))
        let folder = folder
        do {
            let absolute = try await FileWork.run { try Self.absolute(folder) }
            let files = try await listing.files(of: absolute)
            return try await FileWork.run { Self.sum(files, in: absolute) }
        } catch {
            return []
        }
    }

    private static func sum(_ files: [EntryPath], in folder: FilePath) -> [Part] {
        var parts: [String: Part] = [:]
        for file in files {
            var status = stat()
            guard unsafe lstat(file.place(in: folder).string, &status) == 0 else { continue }
            let components = file.components
            guard let first = components.first else { continue }
            let name = String(decoding: first, as: UTF8.self) + (components.count > 1 ? "/" : "")
            parts[name, default: Part(name: name)].bytes += Int64(status.st_size)
        }
        return Array(parts.values)
    }

    private static func absolute(_ folder: FilePath) throws -> FilePath {
        guard let resolved = unsafe realpath(folder.string, nil) else {
            throw Errno(rawValue: errno)
        }
        defer { unsafe free(resolved) }
        return unsafe FilePath(platformString: resolved)
    }
}
