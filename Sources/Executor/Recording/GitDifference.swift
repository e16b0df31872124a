// SPDX-License-Identifier: Apache-2.0

import Archive

/// A line of git's raw difference (git-diff-files(1), "Raw output format"), as written with `-z`.
struct GitDifference: Equatable, Sendable {
    /// The file.
    let path: EntryPath
    /// Whether no file or link is there any more: nothing is, or something git can't record.
    let isGone: Bool

    /// What git calls something that is neither file nor link: a repository, a pipe, a socket.
    private static let noFile = "160000"

    /// Reads all lines; what isn't one is left out.
    static func parse(_ bytes: [UInt8]) -> [GitDifference] {
        let fields = bytes.split(separator: 0)
        var differences: [GitDifference] = []
        var index = 0
        while index + 1 < fields.count {
            defer { index += 2 }
            // ":100644 100755 <id> <id> M"
            let words = String(decoding: fields[index], as: UTF8.self).split(separator: " ")
            guard words.count == 5, words[0].hasPrefix(":") else { continue }
            differences.append(
                GitDifference(
                    path: EntryPath(bytes: fields[index + 1]),
                    isGone: words[4].hasPrefix("D") || words[1] == noFile))
        }
        return differences
    }
}
