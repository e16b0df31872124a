// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The files of a repository that git needs before its first command.
///
/// Blocks.
enum GitRepository {
    /// Writes them; what is there already is written anew, so that nobody's changes to it count.
    static func prepare(at path: String) throws {
        let files = FileManager.default
        for folder in ["objects", "refs", "info"] {
            try files.createDirectory(
                atPath: path + "/" + folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        try write("ref: refs/heads/baseline\n", to: path + "/HEAD")
        try write(configuration, to: path + "/config")
        try write(attributes, to: path + "/info/attributes")
        try write("", to: path + "/info/exclude")
    }

    private static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    /// Files are recorded byte by byte, and nothing but git itself is executed.
    private static let configuration = """
        [core]
            repositoryFormatVersion = 0
            bare = false
            fileMode = true
            symlinks = true
            ignoreCase = false
            precomposeUnicode = false
            autoCRLF = false
            safeCRLF = false
            attributesFile = /dev/null
            excludesFile = /dev/null
            hooksPath = /dev/null
            fsMonitor = false
            untrackedCache = false
            compression = 1
        [gc]
            auto = 0
        [diff]
            external =
            renames = false
            ignoreSubmodules = none
        [submodule]
            recurse = false

        """

    /// These win over every `.gitattributes` of the workspace (gitattributes(5), precedence).
    private static let attributes =
        "* -text !eol -ident !filter !working-tree-encoding !diff !merge !whitespace\n"
}
