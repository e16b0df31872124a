// SPDX-License-Identifier: Apache-2.0

import Archive

/// One name that git listed.
struct GitFile: Hashable, Sendable {
    /// What git knows it as.
    enum Kind: Hashable, Sendable {
        /// A file or a link, as far as it is there.
        case file
        /// A repository of its own: a submodule, or one that was only put there.
        case repository
    }

    /// Relative to the folder that was asked for.
    let path: EntryPath
    let kind: Kind
    /// Whether it is in the index.
    let isTracked: Bool
}

extension GitFile {
    /// Reads the output of `git ls-files -z -t --stage --cached --others`, sorted by path and
    /// without the repetitions of files that are being merged.
    ///
    /// Tracked files read `TAG MODE OBJECT STAGE\tPATH`, others `? PATH` (git-ls-files(1)). The
    /// tag keeps the two apart, whatever a file is called.
    static func list(fromListing bytes: [UInt8]) -> [GitFile] {
        var files = bytes.split(separator: 0).compactMap(GitFile.init(line:))
        files.sort { $0.path < $1.path }
        var previous: EntryPath?
        return files.filter { file in
            defer { previous = file.path }
            return file.path != previous
        }
    }

    private init?(line: ArraySlice<UInt8>) {
        let rest = line.dropFirst(2)
        if line.first == UInt8(ascii: "?") {
            self.init(untracked: rest)
            return
        }
        guard let tab = rest.firstIndex(of: 0x09) else { return nil }
        // 160000 is git's mode for "a commit of another repository".
        let isRepository = rest.starts(with: "160000 ".utf8)
        self.init(
            path: EntryPath(bytes: rest[(tab + 1)...]), kind: isRepository ? .repository : .file,
            isTracked: true)
    }

    private init(untracked name: ArraySlice<UInt8>) {
        // Only a repository that git will not look into ends with a slash.
        let isRepository = name.last == UInt8(ascii: "/")
        self.init(
            path: EntryPath(bytes: isRepository ? name.dropLast() : name),
            kind: isRepository ? .repository : .file, isTracked: false)
    }
}
