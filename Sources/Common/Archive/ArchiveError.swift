// SPDX-License-Identifier: Apache-2.0

/// Says why an archive could not be written, or why it was not unpacked.
///
/// `reason` is a sentence for whoever made the archive, and names the entry where there is one;
/// it may be shown to a user. `cause` is for the log.
public struct ArchiveError: Error, Sendable {
    /// A kind of failure; a list that may grow.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The word that stands for this code in logs.
        public let description: String

        /// The file is no gzip-compressed tar archive.
        public static let notAnArchive = Code(description: "not_an_archive")
        /// The archive is cut off or its content is not what was packed.
        public static let damaged = Code(description: "damaged")
        /// An entry's name or link would lead out of the folder.
        public static let unsafeEntry = Code(description: "unsafe_entry")
        /// An entry has a name that another one has, or one that differs only in case.
        public static let duplicateEntry = Code(description: "duplicate_entry")
        /// An entry is something that is not a file, a folder or a link.
        public static let unsupportedEntry = Code(description: "unsupported_entry")
        /// One of the given limits would be passed.
        public static let limitExceeded = Code(description: "limit_exceeded")
        /// A file that was to be packed can't be read.
        public static let sourceUnreadable = Code(description: "source_unreadable")
        /// A file became shorter while it was being packed.
        public static let sourceChanged = Code(description: "source_changed")
        /// What was packed or unpacked can't be written.
        public static let destinationFailed = Code(description: "destination_failed")
        /// The task that asked for it was cancelled.
        public static let cancelled = Code(description: "cancelled")
        /// The archive library refused a call that should have worked.
        public static let libraryFailed = Code(description: "library_failed")
    }

    /// What kind of failure it is.
    public let code: Code

    /// A sentence that says what is wrong.
    public let reason: String

    /// The name of the entry that is to blame, as far as one is; invalid UTF-8 is replaced.
    public let entry: String?

    /// The error underneath, for example the `Errno` of a system call.
    public let cause: (any Error)?

    init(_ code: Code, _ reason: String, entry: EntryPath? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.entry = entry?.description
        self.cause = cause
    }

    static let cancelled = ArchiveError(.cancelled, "The work on the archive was cancelled.")
}

extension ArchiveError: CustomStringConvertible {
    /// The sentence, with the error underneath where there is one.
    public var description: String {
        guard let cause else { return reason }
        return "\(reason) (\(cause))"
    }
}
