// SPDX-License-Identifier: Apache-2.0

/// The patterns of one `.gitignore` file.
struct IgnoreFile: Sendable {
    private let patterns: [IgnorePattern]

    /// Reads the file: UTF-8 with or without a byte order mark, lines ending in LF or CR LF.
    init(_ content: [UInt8]) {
        var text = content[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        patterns = text.split(separator: 0x0A).compactMap { line in
            IgnorePattern(line: line.last == 0x0D ? line.dropLast() : line)
        }
    }

    /// What the file says about a path relative to its folder: ignored, not, or nothing.
    ///
    /// The last pattern that matches decides.
    func verdict(on path: [UInt8], name: [UInt8], isDirectory: Bool) -> Bool? {
        patterns.last { $0.matches(path, name: name, isDirectory: isDirectory) }
            .map { !$0.isNegated }
    }
}
