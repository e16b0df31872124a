// SPDX-License-Identifier: Apache-2.0

import Archive
import SystemPackage
import _NIOFileSystem

/// Lists what is below a folder, without ever following a link.
enum WorkspaceListing {
    /// The files and links below `start`, in order, but nothing that is named `.git`: git's own
    /// records of the same files are not part of a workspace.
    ///
    /// Nothing, when `folder` is no folder any more: a link that an agent put in its place leads
    /// nowhere.
    static func entries(
        of folder: String, below start: EntryPath = "",
        kinds: Set<FileKind> = [.file, .symbolicLink]
    ) async throws -> [EntryPath] {
        guard try await isFolder(folder) else { return [] }
        return try await withSourceFolder(FilePath(folder)) { source in
            var found: [EntryPath] = []
            var open = [start]
            while let next = open.popLast() {
                for item in try source.items(in: next) where !isGit(item.name) {
                    let path = next.appending(item.name)
                    if item.kind == .directory {
                        open.append(path)
                    } else if kinds.contains(item.kind) {
                        found.append(path)
                    }
                }
            }
            return found.sorted()
        }
    }

    /// Whether a folder is at `path`, and no link to one.
    static func isFolder(_ path: String) async throws -> Bool {
        try await FileSystem.shared.info(
            forFileAt: FilePath(path), infoAboutSymbolicLink: true)?.type == .directory
    }

    private static func isGit(_ name: [UInt8]) -> Bool { name.elementsEqual(".git".utf8) }
}
