// SPDX-License-Identifier: Apache-2.0

import Archive
import SystemPackage

/// Whether a folder belongs to a git work tree.
enum WorkTree {
    /// Whether `folder` or one of the folders above it is the top of a work tree.
    ///
    /// Blocks; called on a thread of its own.
    static func contains(_ folder: FilePath) throws(ArchiveError) -> Bool {
        var candidate = folder
        while true {
            if try isTop(candidate) { return true }
            guard candidate.removeLastComponent(), !candidate.isEmpty else { return false }
        }
    }

    /// Whether a work tree begins here: `.git` is a repository, or a file that names one.
    ///
    /// As git sees it, an empty folder of that name is none.
    static func isTop(_ folder: FilePath) throws(ArchiveError) -> Bool {
        var source = try SourceFolder(folder)
        return try isTop("", in: &source)
    }

    /// Whether a work tree begins at a folder of `source`.
    static func isTop(
        _ path: EntryPath, in source: inout SourceFolder
    ) throws(ArchiveError) -> Bool {
        let marker = path.appending(".git".utf8)
        switch try source.kind(of: marker) {
        case .file, .symbolicLink: return true
        case .directory: return try source.kind(of: marker.appending("HEAD".utf8)) != nil
        case .other, nil: return false
        }
    }
}
