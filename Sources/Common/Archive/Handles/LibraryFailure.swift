// SPDX-License-Identifier: Apache-2.0

import CArchive

/// What libarchive says about its last failed call.
struct LibraryFailure: Error, CustomStringConvertible {
    /// An `errno` value, or one of the library's own numbers.
    let number: Int32
    let message: String

    /// Copies the message, which belongs to the archive and changes with its next call.
    init(_ archive: OpaquePointer) {
        number = archive_errno(archive)
        message = archive_error_string(archive).map { String(cString: $0) } ?? "no message"
    }

    var description: String { "libarchive: \(message)" }
}
