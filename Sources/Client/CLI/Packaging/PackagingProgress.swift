// SPDX-License-Identifier: Apache-2.0

/// How far the packing of a folder is.
struct PackagingProgress: Sendable, Equatable {
    /// Files and links packed.
    var files = 0

    /// Bytes of the files packed, before compression.
    var bytes: Int64 = 0

    /// How many names are to be packed; some of them may turn out to be missing.
    let listed: Int
}
