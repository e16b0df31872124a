// SPDX-License-Identifier: Apache-2.0

/// One line of a `.gitignore` file (gitignore(5)).
struct IgnorePattern: Sendable {
    private enum Form: Sendable {
        /// Without a slash: compared with the last component, at any depth.
        case name(IgnoreGlob)
        /// The same, without any wildcard.
        case literalName([UInt8])
        /// With a slash: compared with the whole path from the file's folder on.
        ///
        /// What stands before the first wildcard is compared by itself, and the glob begins after
        /// it: that is how git does it, and why `a**/b` also matches `ab`.
        case path(prefix: [UInt8], rest: IgnoreGlob)
    }

    /// Whether what matches is not ignored, although an earlier pattern says so.
    let isNegated: Bool
    private let onlyDirectories: Bool
    private let form: Form

    /// Reads a line without its end; nil for a comment and for what can't match anything.
    init?(line: ArraySlice<UInt8>) {
        guard line.first != UInt8(ascii: "#") else { return nil }
        var pattern = Self.withoutTrailingSpaces(line.prefix { $0 != 0 })
        isNegated = pattern.first == UInt8(ascii: "!")
        if isNegated { pattern.removeFirst() }
        onlyDirectories = pattern.last == UInt8(ascii: "/")
        if onlyDirectories { pattern.removeLast() }
        guard !pattern.isEmpty else { return nil }
        form = Self.form(of: pattern)
    }

    private static func form(of pattern: ArraySlice<UInt8>) -> Form {
        let isPath = pattern.contains(UInt8(ascii: "/"))
        let anchored = pattern.first == UInt8(ascii: "/") ? pattern.dropFirst() : pattern
        let prefix = anchored.prefix { !"*?[\\".utf8.contains($0) }
        if isPath {
            let rest = IgnoreGlob(anchored.dropFirst(prefix.count), isPath: true)
            return .path(prefix: Array(prefix), rest: rest)
        }
        return prefix.count == pattern.count
            ? .literalName(Array(pattern)) : .name(IgnoreGlob(pattern, isPath: false))
    }

    /// Whether it speaks of `path`, which is relative to the folder of its file.
    func matches(_ path: [UInt8], name: [UInt8], isDirectory: Bool) -> Bool {
        guard isDirectory || !onlyDirectories else { return false }
        switch form {
        case .literalName(let own): return own == name
        case .name(let glob): return glob.matches(name[...])
        case .path(let prefix, let rest):
            return path.starts(with: prefix) && rest.matches(path.dropFirst(prefix.count))
        }
    }

    /// Spaces at the end don't count, unless a backslash stands before them.
    private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = line.startIndex
        var index = line.startIndex
        while index < line.endIndex {
            let byte = line[index]
            // A backslash and what it escapes are one, and never a trailing space.
            index += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte != UInt8(ascii: " ") { end = min(index, line.endIndex) }
        }
        return line[..<end]
    }
}
