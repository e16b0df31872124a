// SPDX-License-Identifier: Apache-2.0

/// The bounds within which an archive is unpacked; passing one is refused, naming the entry.
///
/// They bound disk, memory and time whatever the archive claims: an archive of a few kilobytes can
/// hold gigabytes of zeros or a million names.
public struct ExtractionLimits: Sendable {
    /// Bytes of the unpacked stream (headers and padding count), and bytes of all files together.
    public var totalBytes: Int64 = 2 << 30

    /// Bytes of one file.
    public var fileBytes: Int64 = 1 << 30

    /// Entries, and folders that are there only because an entry lies in them.
    public var entries = 200_000

    /// Components of a name.
    public var depth = 128

    /// How many times larger than the archive its unpacked stream may be; unbounded when nil.
    ///
    /// Only looked at above one megabyte, since small texts compress without bound too.
    public var expansionRatio: Int64?

    /// Whether names that differ only in case (or in Unicode composition) may stand side by side.
    ///
    /// Refused unless allowed: on a file system that ignores case one of them hides the other.
    public var allowsCaseCollisions = false

    /// Makes the default limits.
    public init() {}
}
