// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

/// Where a download goes: a file, which is made beside its place first, or standard output.
struct DownloadTarget: Sendable {
    /// The file; nil is standard output.
    let path: FilePath?
    /// Whether a file that is there is replaced.
    let replaces: Bool

    var isStandardOutput: Bool { path == nil }

    /// The folder in which the file is made; what is printed is kept in the one for temporary files.
    func folder(_ environment: [String: String]) -> FilePath {
        guard let path else { return FilePath(environment["TMPDIR"] ?? "/tmp") }
        let folder = path.removingLastComponent()
        return folder.isEmpty ? "." : folder
    }

    /// Takes what the user said, else the last component of the artifact's own name, in the
    /// current folder.
    init(output: String?, fileName: String, replaces: Bool) async throws(CommandFailure) {
        self.replaces = replaces
        switch output {
        case "-": path = nil
        case let output?: path = try await Self.file(FilePath(output), named: fileName)
        case nil: path = FilePath(try Self.name(from: fileName))
        }
        try await refuseTaken()
    }

    /// A folder means: below it, by the artifact's own name.
    private static func file(
        _ output: FilePath, named fileName: String
    ) async throws(CommandFailure) -> FilePath {
        guard await isFolder(output) else {
            guard output.lastComponent?.kind == .regular else {
                throw CommandFailure(.usage, "'\(output)' is not the name of a file.")
            }
            return output
        }
        return output.appending(try name(from: fileName))
    }

    /// What the server calls a file decides neither its folder nor anything on the terminal.
    private static func name(from fileName: String) throws(CommandFailure) -> String {
        let name = fileName.split(separator: "/").last.map(String.init) ?? ""
        guard !name.isEmpty, name != ".", name != "..", name.escapedForTerminal == name,
            name.utf8.count <= 255
        else {
            throw CommandFailure(
                .badInput, "The artifact's name '\(fileName)' can't be used for a file.",
                advice: ["Choose one: -o FILE"])
        }
        return name
    }

    /// Tells early what publishing would refuse in the end, before anything is downloaded.
    private func refuseTaken() async throws(CommandFailure) {
        guard let path, !replaces else { return }
        let isTaken = (try? await FileWork.run { Self.exists(path) }) ?? false
        if isTaken { throw Self.taken(path) }
    }

    static func taken(_ path: FilePath) -> CommandFailure {
        CommandFailure(
            .badInput, "'\(path)' is there already.",
            advice: ["Replace it: --force", "Another name: -o FILE"])
    }

    private static func isFolder(_ path: FilePath) async -> Bool {
        let opened = try? await FileWork.run {
            try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec]).close()
            return true
        }
        return opened ?? false
    }

    /// Whether there is anything of this name, a link that leads nowhere included.
    private static func exists(_ path: FilePath) -> Bool {
        var status = stat()
        return unsafe lstat(path.string, &status) == 0
    }
}
