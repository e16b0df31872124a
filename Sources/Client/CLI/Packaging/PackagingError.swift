// SPDX-License-Identifier: Apache-2.0

/// Says why a folder could not be packed, in a sentence for the terminal.
struct PackagingError: Error, Sendable, CustomStringConvertible {
    /// A kind of failure.
    struct Code: Hashable, Sendable {
        private let name: String

        /// The folder, or a file in it, can't be read.
        static let unreadable = Code(name: "unreadable")
        /// A name or a link in the folder is one that no worker would unpack.
        static let unsafe = Code(name: "unsafe")
        /// The folder is a git work tree, and there is no `git` to ask.
        static let gitMissing = Code(name: "git_missing")
        /// Git refused to list its files, or could not.
        static let gitFailed = Code(name: "git_failed")
        /// The archive would be larger than allowed.
        static let tooLarge = Code(name: "too_large")
        /// The archive can't be written.
        static let writingFailed = Code(name: "writing_failed")
        /// The task was cancelled.
        static let cancelled = Code(name: "cancelled")
    }

    /// What kind of failure it is.
    let code: Code

    /// A sentence that says what is wrong, and what to do where that is known.
    let reason: String

    /// The error underneath.
    let cause: (any Error)?

    init(_ code: Code, _ reason: String, cause: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.cause = cause
    }

    var description: String { reason }
}
