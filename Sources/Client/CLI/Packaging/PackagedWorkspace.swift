// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// A folder's archive, ready to be uploaded; it exists as long as the scope that lends it.
struct PackagedWorkspace: Sendable {
    /// Opens the archive, which has no name in any folder, from its beginning.
    ///
    /// Only valid in this process, and within the scope.
    let path: FilePath

    /// Bytes of the archive.
    let size: Int64

    /// The SHA-256 of the archive, in lower-case hexadecimal digits.
    let sha256: String

    /// Files and links in it.
    let files: Int

    /// Bytes of its files, before compression.
    let contentBytes: Int64
}
