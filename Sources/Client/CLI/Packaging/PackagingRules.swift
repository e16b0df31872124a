// SPDX-License-Identifier: Apache-2.0

import Archive

/// Which names are never packed, whatever git says, and which only when git tracks them.
enum PackagingRules {
    /// Left out always, whatever they are: a link of this name too.
    static let neverPacked = names([".git", "node_modules"])

    /// Folders left out unless git tracks something in them.
    static let packedIfTracked = names([
        ".build", "build", "dist", "out", "target", ".next", ".venv", "venv", "__pycache__",
        "DerivedData", ".gradle",
    ])

    private static func names(_ names: [String]) -> Set<[UInt8]> {
        Set(names.map { Array($0.utf8) })
    }

    /// Keeps of git's files those that are packed.
    ///
    /// A folder counts as tracked when the index has a file anywhere in it, also one that is
    /// missing on disk.
    static func packed(_ files: [GitFile]) -> [GitFile] {
        let tracked = Set(files.filter(\.isTracked).flatMap { outputFolders(in: $0.path) })
        return files.filter { file in
            !file.path.components.contains(where: neverPacked.contains)
                && outputFolders(in: file.path).allSatisfy(tracked.contains)
        }
    }

    /// The folders above a path that are only packed if tracked.
    private static func outputFolders(in path: EntryPath) -> [EntryPath] {
        let bytes = path.bytes
        var folders: [EntryPath] = []
        var start = bytes.startIndex
        while let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")) {
            if packedIfTracked.contains(Array(bytes[start..<slash])) {
                folders.append(EntryPath(bytes: bytes[..<slash]))
            }
            start = slash + 1
        }
        return folders
    }
}
