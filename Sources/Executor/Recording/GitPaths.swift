// SPDX-License-Identifier: Apache-2.0

import Archive

/// Reads the lists of paths that git writes with `-z`.
enum GitPaths {
    /// The paths of a list, each ended by NUL.
    static func parse(_ bytes: [UInt8]) -> [EntryPath] {
        bytes.split(separator: 0).map { EntryPath(bytes: $0) }
    }
}
