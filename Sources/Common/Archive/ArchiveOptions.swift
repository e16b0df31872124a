// SPDX-License-Identifier: Apache-2.0

/// How an archive is written.
public struct ArchiveOptions: Sendable {
    /// Which modification time an entry gets.
    public enum Timestamps: Sendable, Hashable {
        /// The file's own, in whole seconds.
        case preserved
        /// One for all, in seconds since 1970: the same files then give the same archive.
        case fixed(Int64)
    }

    /// Which modification time entries get; their own by default.
    public var timestamps: Timestamps = .preserved

    /// Gzip's level, 1 (fast) to 9 (small); 6 by default, as gzip and git have it.
    public var compressionLevel = 6

    /// Whether names that differ only in case may stand side by side; see
    /// ``ExtractionLimits/allowsCaseCollisions``.
    public var allowsCaseCollisions = false

    /// Makes the default options.
    public init() {}
}
