// SPDX-License-Identifier: Apache-2.0

import PropertyTesting

/// A folder tree with `.gitignore` files, as a value.
struct GeneratedTree: Sendable, CustomStringConvertible {
    /// Files by path; nil stands for a symbolic link.
    private(set) var files: [String: String?] = [:]

    /// Adds a file unless something is in its way already.
    mutating func add(_ path: String, _ content: String?) {
        let isTaken = files.keys.contains { other in
            other == path || other.hasPrefix(path + "/") || path.hasPrefix(other + "/")
        }
        if !isTaken { files[path] = .some(content) }
    }

    func write(to workspace: Workspace) throws {
        for (path, content) in files {
            if let content {
                try workspace.write(path, content)
            } else {
                try workspace.link(path, to: "a")
            }
        }
    }

    var description: String {
        files.sorted { $0.key < $1.key }.map { path, content in
            path.hasSuffix(".gitignore") ? "\(path): \(content.debugDescription)" : path
        }
        .joined(separator: "\n")
    }
}

extension GeneratedTree {
    /// Names that patterns speak of, among them those that are never packed or seldom.
    private static let names = Generator<String>.weighted(
        (12, .element(of: ["a", "b", "ab", "abc", "foo", "bar", "a.txt", "b.log", "foo.log"])),
        (3, .element(of: ["build", "target", "node_modules", ".venv", "out"])),
        (3, .element(of: ["#x", "!y", "a b", "x ", "[a]", "a\\b", "*", "-", "]", "^", "é", ".a"])))

    private static let path = names.array(count: 1...4).map { $0.joined(separator: "/") }

    /// Patterns as people write them.
    private static let plainPattern = zip(
        Generator<String>.element(of: ["", "", "", "!", "/", "!/", "\\!", "\\#", "#"]),
        Generator<String>.weighted(
            (6, names),
            (
                4,
                .element(of: [
                    "*", "**", "?", "*.log", "*.txt", "a*", "*b", "[ab]", "[!a]*", "[a-c]", "a?",
                    "foo*", "*o*", "f**o", "[[:alpha:]]", "\\a", "[]]", "[^b]", "a**", "**b", "***",
                ])
            )
        )
        .array(count: 1...3).map { $0.joined(separator: "/") },
        Generator<String>.element(of: ["", "", "", "/", "/*", "/**", " ", "  ", "\\ ", "\r", "\\"])
    ).map { $0 + $1 + $2 }

    /// Patterns as nobody writes them.
    private static let oddPattern = Generator<String>.string(
        of: "ab*/[]!-?\\ #.^:x", count: 0...10)

    private static let ignoreFile = Generator<String>.weighted((4, plainPattern), (1, oddPattern))
        .array(count: 1...5).map { $0.joined(separator: "\n") }

    /// One tree, or many side by side: git is asked once for all of them.
    static let generator: Generator<GeneratedTree> = .oneOf(
        tree,
        tree.array(count: 1...4).map { trees in
            var forest = GeneratedTree()
            for (index, tree) in trees.enumerated() {
                for (path, content) in tree.files { forest.add("tree\(index)/\(path)", content) }
            }
            return forest
        })

    /// Trees of a few files in a few folders, whose names meet their patterns often.
    private static let tree: Generator<GeneratedTree> = zip(
        zip(path, Generator<Int>.integer(in: 0...9)).array(count: 1...16),
        ignoreFile, zip(path, ignoreFile).array(count: 0...3), Generator<Bool>.boolean
    ).map { entries, rootIgnoreFile, ignoreFiles, endsWithNewline in
        var tree = GeneratedTree()
        for (path, kind) in entries { tree.add(path, kind == 9 ? nil : "content of \(path)") }
        tree.add(".gitignore", rootIgnoreFile + (endsWithNewline ? "\n" : ""))
        for (path, content) in ignoreFiles { tree.add(path + "/.gitignore", content) }
        return tree
    }
}
