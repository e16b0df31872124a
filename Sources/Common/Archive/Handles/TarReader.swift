// SPDX-License-Identifier: Apache-2.0

import CArchive

/// Owns the library's tar reader, and keeps alive the gzip reader that its callback reads from;
/// used by one thread.
final class TarReader {
    private let archive: OpaquePointer
    private let input: GzipReader
    private var lastName: EntryPath?

    /// What the library warned of since the beginning; a warning is a success with a note.
    private(set) var warnings: [String] = []

    init(_ input: GzipReader) throws(ArchiveError) {
        guard let archive = archive_read_new() else {
            throw ArchiveError(.libraryFailed, "The archive library has no memory left.")
        }
        self.archive = archive
        self.input = input
        archive_read_support_format_tar(archive)
        let opened = archive_read_open(
            archive, Unmanaged.passUnretained(input).toOpaque(), nil, readGzipBlock, nil)
        if opened != ARCHIVE_OK { throw failure() }
    }

    deinit {
        archive_read_free(archive)
    }

    /// The next entry; nil at the end of the archive.
    func nextEntry() throws(ArchiveError) -> TarEntry? {
        var pointer: OpaquePointer?
        let hasWarning: Bool
        switch archive_read_next_header(archive, &pointer) {
        case ARCHIVE_OK: hasWarning = false
        case ARCHIVE_WARN: hasWarning = true
        case ARCHIVE_EOF: return nil
        default: throw failure()
        }
        guard let pointer else { throw failure() }
        let entry = TarEntry(pointer)
        lastName = entry.path
        // In the locale of bytes each such name comes with a warning, and is right all the same.
        if hasWarning, entry.hasPlainNames { warn() }
        return entry
    }

    /// Lends the entry's next bytes and where they belong; nil at its end.
    ///
    /// A place further on than the last one's end is a hole of a sparse file.
    func nextBlock() throws(ArchiveError) -> (bytes: UnsafeRawBufferPointer, offset: Int64)? {
        var bytes: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        switch archive_read_data_block(archive, &bytes, &count, &offset) {
        case ARCHIVE_OK: break
        case ARCHIVE_WARN: warn()
        case ARCHIVE_EOF: return nil
        default: throw failure()
        }
        return (UnsafeRawBufferPointer(start: bytes, count: count), offset)
    }

    /// Reads to the end of the file and checks that all of it was intact.
    func finish() throws(ArchiveError) {
        try input.finish()
    }

    private func warn() {
        guard warnings.count < 100 else { return }
        warnings.append("\(lastName?.description ?? "?"): \(LibraryFailure(archive).message)")
    }

    /// The error that ends the archive; called once, since every further call would fail too.
    private func failure() -> ArchiveError {
        if let failure = input.failure { return failure }
        let place = lastName.map { "after the entry '\($0)'" } ?? "at its beginning"
        return ArchiveError(
            lastName == nil ? .notAnArchive : .damaged,
            "The archive is no tar file, or is damaged or cut off, \(place).", entry: lastName,
            cause: LibraryFailure(archive))
    }
}
