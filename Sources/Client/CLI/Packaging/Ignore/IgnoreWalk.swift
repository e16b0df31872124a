// SPDX-License-Identifier: Apache-2.0

import Archive

/// Goes through a folder that is no git work tree, and lists what git would track in it.
///
/// Only the folder's own `.gitignore` files count, not the user's global one. What lies in an
/// ignored folder is never looked at, so it can't be taken back by a pattern either.
struct IgnoreWalk {
    /// Files and links, in an order in which neighbours lie in the same folder.
    private(set) var files: [EntryPath] = []

    /// Folders that are git work trees: they know themselves what is in them.
    private(set) var repositories: [EntryPath] = []

    /// The files that apply, outermost first, each with the length of its folder's path.
    private var ignoreFiles: [(file: IgnoreFile, prefix: Int)] = []

    /// No ignore file that people write is near this.
    private static let longestIgnoreFile = 16 << 20

    /// Lists everything below `source`.
    ///
    /// Blocks; called on a thread of its own.
    static func run(in source: inout SourceFolder) throws(ArchiveError) -> IgnoreWalk {
        var walk = IgnoreWalk()
        try walk.visit("", &source)
        return walk
    }

    private mutating func visit(
        _ directory: EntryPath, _ source: inout SourceFolder
    ) throws(ArchiveError) {
        let items = try source.items(in: directory)
        let outer = ignoreFiles.count
        try readIgnoreFile(of: directory, items, &source)
        defer { ignoreFiles.removeLast(ignoreFiles.count - outer) }
        for item in items {
            let path = directory.appending(item.name)
            guard !isLeftOut(item), !isIgnored(path, item) else { continue }
            switch item.kind {
            case .file, .symbolicLink: files.append(path)
            case .directory:
                if try WorkTree.isTop(path, in: &source) {
                    repositories.append(path)
                } else {
                    try visit(path, &source)
                }
            case .other: break
            }
        }
    }

    /// A link of that name doesn't count, as with git.
    private mutating func readIgnoreFile(
        of directory: EntryPath, _ items: [FolderItem], _ source: inout SourceFolder
    ) throws(ArchiveError) {
        let name = Array(".gitignore".utf8)
        guard items.contains(FolderItem(name: name, kind: .file)) else { return }
        let path = directory.appending(name)
        guard let content = try source.content(of: path, limit: Self.longestIgnoreFile)
        else { return }
        ignoreFiles.append((IgnoreFile(content), path.bytes.count - name.count))
    }

    /// Without git nothing is tracked, so these folders are left out.
    private func isLeftOut(_ item: FolderItem) -> Bool {
        PackagingRules.neverPacked.contains(item.name)
            || item.kind == .directory && PackagingRules.packedIfTracked.contains(item.name)
    }

    /// The innermost file that says something decides.
    private func isIgnored(_ path: EntryPath, _ item: FolderItem) -> Bool {
        for (file, prefix) in ignoreFiles.reversed() {
            let relative = Array(path.bytes.dropFirst(prefix))
            let verdict = file.verdict(
                on: relative, name: item.name, isDirectory: item.kind == .directory)
            if let verdict { return verdict }
        }
        return false
    }
}
