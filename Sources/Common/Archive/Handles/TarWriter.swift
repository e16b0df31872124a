// SPDX-License-Identifier: Apache-2.0

import CArchive

/// Owns the library's writer of a gzip-compressed pax archive, its one entry structure and the
/// output its callback writes to; single use, on one thread.
struct TarWriter: ~Copyable {
    private let archive: OpaquePointer
    private let entry: OpaquePointer
    /// Kept alive here: the library's callback has an unretained pointer to it.
    private let output: ArchiveOutput

    init(_ output: ArchiveOutput, options: ArchiveOptions) throws(ArchiveError) {
        guard let archive = archive_write_new() else {
            throw ArchiveError(.libraryFailed, "The archive library has no memory left.")
        }
        guard let entry = archive_entry_new() else {
            archive_write_free(archive)
            throw ArchiveError(.libraryFailed, "The archive library has no memory left.")
        }
        do {
            try Self.open(archive, writingTo: output, options)
        } catch {
            archive_write_free(archive)
            archive_entry_free(entry)
            throw error
        }
        self.archive = archive
        self.entry = entry
        self.output = output
    }

    deinit {
        // Without this, freeing an unfinished archive would still write its end.
        archive_write_fail(archive)
        archive_write_free(archive)
        archive_entry_free(entry)
    }

    private static func open(
        _ archive: OpaquePointer, writingTo output: ArchiveOutput, _ options: ArchiveOptions
    ) throws(ArchiveError) {
        func check(_ result: Int32) throws(ArchiveError) {
            guard result == ARCHIVE_OK else { throw failure(of: archive, output) }
        }
        // "Restricted": a pax header only where a name, a link or a size needs one.
        try check(archive_write_set_format_pax_restricted(archive))
        try check(archive_write_add_filter_gzip(archive))
        let level = String(min(max(options.compressionLevel, 1), 9))
        try check(archive_write_set_filter_option(archive, "gzip", "compression-level", level))
        // The time of packing would make every archive of the same files another one.
        try check(archive_write_set_filter_option(archive, "gzip", "timestamp", nil))
        try check(archive_write_set_bytes_per_block(archive, 64 << 10))
        try check(archive_write_set_bytes_in_last_block(archive, 1))
        let context = Unmanaged.passUnretained(output).toOpaque()
        try check(archive_write_open(archive, context, nil, writeArchiveOutput, nil))
    }

    /// Begins an entry; a file's `size` bytes follow with ``write(_:)``.
    func begin(
        _ path: EntryPath, _ kind: EntryTree.Kind, size: Int64 = 0, isExecutable: Bool = false,
        modifiedAt: Int64
    ) throws(ArchiveError) {
        archive_entry_clear(entry)
        archive_entry_copy_pathname(entry, path.bytes.map(CChar.init(bitPattern:)) + [0])
        archive_entry_set_size(entry, size)
        archive_entry_set_mtime(entry, Int(modifiedAt), 0)
        switch kind {
        case .file:
            archive_entry_set_filetype(entry, carchive_regular_file)
            archive_entry_set_perm(entry, isExecutable ? 0o755 : 0o644)
        case .directory:
            archive_entry_set_filetype(entry, carchive_directory)
            archive_entry_set_perm(entry, 0o755)
        case .symbolicLink(let target):
            archive_entry_set_filetype(entry, carchive_symbolic_link)
            archive_entry_set_perm(entry, 0o777)
            archive_entry_copy_symlink(entry, target.map(CChar.init(bitPattern:)) + [0])
        }
        try check(archive_write_header(archive, entry))
    }

    /// Writes the next bytes of the entry that was begun.
    func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = archive_write_data(archive, rest.baseAddress, rest.count)
            guard written > 0 else { throw failure() }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    /// Writes the archive's end and everything that is still buffered.
    func finish() throws(ArchiveError) {
        try check(archive_write_close(archive))
        try output.finish()
    }

    /// A warning is a success: a name that is not UTF-8 is stored as it is, and so marked.
    private func check(_ result: Int32) throws(ArchiveError) {
        guard result == ARCHIVE_OK || result == ARCHIVE_WARN else { throw failure() }
    }

    private func failure() -> ArchiveError {
        Self.failure(of: archive, output)
    }

    private static func failure(
        of archive: OpaquePointer, _ output: ArchiveOutput
    ) -> ArchiveError {
        output.failure
            ?? ArchiveError(
                .libraryFailed, "The archive can't be written.", cause: LibraryFailure(archive))
    }
}
