// SPDX-License-Identifier: Apache-2.0

import Archive
import Model
import Processes
import Seams
import SystemPackage
import _NIOFileSystem

/// What a workspace was before the agent, kept by git's plumbing, and what the agent made of it.
///
/// Every file of the beginning is recorded, also those that the workspace's ignore rules name. Of
/// what is new only what they don't name counts, so that fetched dependencies and build products
/// stay out. Files are recorded byte by byte: no conversion, no attribute, no nested repository.
struct WorkspaceRecord: Sendable {
    private let git: GitCommand
    private let folder: RunFolder
    private let tree: String
    /// The largest file that is looked at after the agent.
    private let fileLimit: Int64

    /// Records the workspace as it is now.
    static func make(
        of folder: RunFolder, git: GitCommand, fileLimit: Int64
    ) async throws -> WorkspaceRecord {
        try await FileWork.shared.perform { try GitRepository.prepare(at: folder.repository) }
        let entries = try await WorkspaceListing.entries(of: folder.workspace)
        try await git.run(
            ["update-index", "-z", "--add", "--stdin"], input: .paths(entries))
        return WorkspaceRecord(
            git: git, folder: folder, tree: try await writeTree(git), fileLimit: fileLimit)
    }

    /// Finds what has changed, and writes the patch where anything has.
    func changes() async throws -> WorkspaceChanges {
        guard try await WorkspaceListing.isFolder(folder.workspace) else {
            throw RunFault(.agentFailed, "The agent removed the workspace folder.")
        }
        try await FileWork.shared.perform { try GitRepository.prepare(at: folder.repository) }
        let tooLarge = try await recordAgainWithAccess()
        let tree = try await Self.writeTree(git)
        guard tree != self.tree else { return WorkspaceChanges(tooLarge: tooLarge) }
        try await writePatch(to: tree)
        return WorkspaceChanges(
            hasPatch: true, changed: try await changedPaths(to: tree), tooLarge: tooLarge)
    }

    // MARK: Recording again

    /// Records again, and once more where something could not be read: agents leave folders and
    /// files to which not even their owner has the right.
    private func recordAgainWithAccess() async throws -> [EntryPath] {
        do {
            return try await recordAgain()
        } catch {
            try Task.checkCancellation()
            let workspace = folder.workspace
            try await FileWork.shared.perform { FolderAccess.openUp(workspace) }
            return try await recordAgain()
        }
    }

    /// Brings the index to what the workspace is, and answers the files that are too large for
    /// that.
    private func recordAgain() async throws -> [EntryPath] {
        let touched = try await sorted(
            GitPaths.parse(
                try await git.output(of: ["diff-files", "-z", "--name-only", "--no-renames"])))
        if !touched.gone.isEmpty {
            try await git.run(
                ["update-index", "-z", "--force-remove", "--stdin"], input: .paths(touched.gone))
        }
        let new = try await sorted(try await newPaths())
        try await git.run(
            ["update-index", "-z", "--add", "--replace", "--stdin"],
            input: .paths(touched.present + new.present))
        return touched.tooLarge + new.tooLarge
    }

    /// What is new and not ignored.
    ///
    /// A repository inside is listed by git as one folder, and here as its files.
    private func newPaths() async throws -> [EntryPath] {
        let listed = GitPaths.parse(
            try await git.output(of: ["ls-files", "-z", "--others", "--exclude-standard"]))
        let slash = UInt8(ascii: "/")
        var paths = listed.filter { $0.bytes.last != slash }
        for repository in listed where repository.bytes.last == slash {
            let start = EntryPath(bytes: repository.bytes.dropLast())
            paths += try await notIgnored(
                WorkspaceListing.entries(of: folder.workspace, below: start))
        }
        return paths
    }

    private func notIgnored(_ paths: [EntryPath]) async throws -> [EntryPath] {
        guard !paths.isEmpty else { return [] }
        // Exits with 1 when none is ignored.
        let ignored = GitPaths.parse(
            try await git.output(
                of: ["check-ignore", "-z", "--stdin", "--no-index"],
                input: .paths(paths.map(Self.plain)), accepting: [0, 1]))
        let names = Set(ignored)
        return paths.filter { !names.contains(Self.plain($0)) }
    }

    /// A path that begins like none of git's patterns for paths.
    private static func plain(_ path: EntryPath) -> EntryPath { path.below(".") }

    /// Paths by what is there now.
    private struct SortedPaths {
        var present: [EntryPath] = []
        var tooLarge: [EntryPath] = []
        /// Nothing is there, or something that git can't record: a folder, a pipe, a socket.
        var gone: [EntryPath] = []
    }

    /// Looks at each path itself, without following a link: git takes a pipe for a file.
    private func sorted(_ paths: [EntryPath]) async throws -> SortedPaths {
        let kinds = try await withSourceFolder(FilePath(folder.workspace)) { source in
            try paths.map { try source.kind(of: $0) }
        }
        var sorted = SortedPaths()
        for (path, kind) in zip(paths, kinds) {
            switch kind {
            case .symbolicLink: sorted.present.append(path)
            case .file where try await size(of: path) <= fileLimit: sorted.present.append(path)
            case .file: sorted.tooLarge.append(path)
            case .directory, .other, nil: sorted.gone.append(path)
            }
        }
        return sorted
    }

    private func size(of path: EntryPath) async throws -> Int64 {
        try await FileSystem.shared.info(
            forFileAt: FilePath(folder.workspace).appending(path), infoAboutSymbolicLink: true
        )?.size ?? 0
    }

    // MARK: Comparing

    private func writePatch(to tree: String) async throws {
        let patch = FilePath(folder.patch)
        try await git.run(
            [
                "diff-tree", "-r", "-p", "--binary", "--full-index", "--no-renames", "--no-color",
                "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", self.tree,
                tree,
            ]
        ) { try await FileWork.shared.append($0, to: patch) }
    }

    /// The paths of files that are new or have another content.
    private func changedPaths(to tree: String) async throws -> [EntryPath] {
        GitPaths.parse(
            try await git.output(
                of: [
                    "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--diff-filter=AMT",
                    self.tree, tree,
                ]))
    }

    private static func writeTree(_ git: GitCommand) async throws -> String {
        let line = String(decoding: try await git.output(of: ["write-tree"]), as: UTF8.self)
        return String(line.prefix { !$0.isNewline })
    }
}

extension HostedProcess.StandardInput {
    /// Paths as git reads them with `-z`.
    fileprivate static func paths(_ paths: [EntryPath]) -> Self {
        .bytes(paths.flatMap { $0.bytes + [0] })
    }
}
