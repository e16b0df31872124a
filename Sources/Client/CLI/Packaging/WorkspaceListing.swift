// SPDX-License-Identifier: Apache-2.0

import Archive
import SystemPackage

/// Finds out which files of a folder belong into its archive.
///
/// Where there is a git work tree, git is asked; only a folder without one needs the pattern
/// rules. Work trees inside, submodules among them, are asked each for itself.
struct WorkspaceListing: Sendable {
    let git: GitCommand

    /// The files and links to pack, relative to `folder`, which is absolute.
    ///
    /// A name may be missing on disk, if git tracks it.
    func files(of folder: FilePath) async throws -> [EntryPath] {
        let isWorkTree = try await withSourceFolder(folder) { _ in try WorkTree.contains(folder) }
        return isWorkTree ? try await trackedFiles(of: folder) : try await walkedFiles(of: folder)
    }

    private func trackedFiles(of folder: FilePath) async throws -> [EntryPath] {
        let listed = PackagingRules.packed(try await git.files(in: folder))
        let inner = listed.filter { $0.kind == .repository }.map(\.path)
        let files = listed.filter { $0.kind == .file }.map(\.path)
        return inner.isEmpty ? files : try await files + repositoryFiles(inner, of: folder)
    }

    private func walkedFiles(of folder: FilePath) async throws -> [EntryPath] {
        let walk = try await withSourceFolder(folder) { try IgnoreWalk.run(in: &$0) }
        return try await walk.files + repositoryFiles(walk.repositories, of: folder)
    }

    /// The files of the repositories in `folder`, relative to `folder`.
    private func repositoryFiles(
        _ paths: [EntryPath], of folder: FilePath
    ) async throws -> [EntryPath] {
        let places = try await withSourceFolder(folder) { source in
            try paths.map { (path: $0, place: try Place(of: $0, in: &source)) }
        }
        var files: [EntryPath] = []
        for (path, place) in places {
            let inner = path.place(in: folder)
            switch place {
            // A link or a file in the place of a submodule is packed as what it is.
            case .noFolder: files.append(path)
            case .workTree: files += try await trackedFiles(of: inner).map { $0.below(path) }
            // A submodule that was not checked out has no files, or some without a repository.
            case .plainFolder: files += try await walkedFiles(of: inner).map { $0.below(path) }
            }
        }
        return files
    }

    /// What is on disk where git knows of another repository.
    private enum Place: Sendable {
        case workTree
        case plainFolder
        case noFolder

        init(of path: EntryPath, in source: inout SourceFolder) throws(ArchiveError) {
            guard try source.kind(of: path) == .directory else {
                self = .noFolder
                return
            }
            self = try WorkTree.isTop(path, in: &source) ? .workTree : .plainFolder
        }
    }
}
