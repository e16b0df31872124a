// SPDX-License-Identifier: Apache-2.0

import CArchive
import SystemPackage

/// Owns a gzip file that is being decompressed and the library's reader for it, until it is
/// released; used by one thread.
///
/// It is a stage of its own, below the tar reader, so that every byte of the stream is counted
/// against the limits, and compared with the checksum at the end: libarchive 3.6.2 reads a gzip
/// trailer without comparing it (`consume_trailer`), and a tar reader stops before the trailer.
final class GzipReader {
    private let archive: OpaquePointer
    private let file: FileDescriptor
    private let fileSize: Int64
    private let limits: ExtractionLimits
    private let cancellation: CancellationFlag
    private var checksum: UInt32 = 0
    private var length: Int64 = 0

    /// The first thing that went wrong; the tar reader above only learns that something did.
    private(set) var failure: ArchiveError?

    /// Takes `file` over: it is closed with the reader, also when this throws.
    init(
        _ file: FileDescriptor, limits: ExtractionLimits, cancellation: CancellationFlag
    ) throws(ArchiveError) {
        guard let archive = archive_read_new() else {
            SystemCalls.close(file)
            throw ArchiveError(.libraryFailed, "The archive library has no memory left.")
        }
        self.archive = archive
        self.file = file
        self.limits = limits
        self.cancellation = cancellation
        do {
            fileSize = try SystemCalls.status(of: file).size
        } catch {
            fileSize = 0
            throw ArchiveError(
                .sourceUnreadable, "The archive can't be read: \(error).", cause: error)
        }
        try open()
    }

    deinit {
        archive_read_free(archive)
        SystemCalls.close(file)
    }

    private func open() throws(ArchiveError) {
        guard fileSize > 0 else { throw ArchiveError(.notAnArchive, "The archive is empty.") }
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_raw(archive)
        var entry: OpaquePointer?
        guard archive_read_open_fd(archive, file.rawValue, 128 << 10) == ARCHIVE_OK,
            archive_read_next_header(archive, &entry) == ARCHIVE_OK
        else {
            throw ArchiveError(
                .notAnArchive, "The archive is not gzip-compressed, or cut off at its beginning.",
                cause: LibraryFailure(archive))
        }
        // One filter and the file underneath; three would be a gzip file in a gzip file.
        guard archive_filter_count(archive) == 2,
            archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP
        else {
            throw ArchiveError(.notAnArchive, "The archive is not a gzip-compressed tar file.")
        }
    }

    /// Lends the next bytes of the stream until the next call; nil at its end.
    func nextBlock() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        if let failure { throw failure }
        do {
            try cancellation.check()
            let block = try readBlock()
            try count(block)
            return block
        } catch {
            failure = error
            throw error
        }
    }

    private func readBlock() throws(ArchiveError) -> UnsafeRawBufferPointer? {
        var bytes: UnsafeRawPointer?
        var count = 0
        var offset: Int64 = 0
        switch archive_read_data_block(archive, &bytes, &count, &offset) {
        case ARCHIVE_OK, ARCHIVE_WARN: return UnsafeRawBufferPointer(start: bytes, count: count)
        case ARCHIVE_EOF: return nil
        // Everything else is for ever: the library repeats ARCHIVE_FATAL and never says EOF.
        default:
            throw ArchiveError(
                .damaged, "The archive is damaged or cut off after \(length) bytes.",
                cause: LibraryFailure(archive))
        }
    }

    private func count(_ block: UnsafeRawBufferPointer?) throws(ArchiveError) {
        guard let block else { return }
        checksum = carchive_crc32(checksum, block.baseAddress, block.count)
        length += Int64(block.count)
        guard length <= limits.totalBytes else {
            throw ArchiveError(
                .limitExceeded, "The archive unpacks to more than \(limits.totalBytes) bytes.")
        }
        if let ratio = limits.expansionRatio, length > 1 << 20, length / ratio > fileSize {
            throw ArchiveError(
                .limitExceeded, "The archive unpacks to more than \(ratio) times its size.")
        }
    }

    /// Reads what is left and compares length and checksum with the file's last eight bytes.
    func finish() throws(ArchiveError) {
        while try nextBlock() != nil {}
        let trailer: [UInt8]
        do {
            trailer = try SystemCalls.read(file, at: fileSize - 8, count: 8)
        } catch {
            throw ArchiveError(
                .sourceUnreadable, "The archive can't be read: \(error).", cause: error)
        }
        let expected = UInt64(trailer.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
        let found = UInt64(UInt32(truncatingIfNeeded: length)) << 32 | UInt64(checksum)
        guard trailer.count == 8, expected == found else {
            throw ArchiveError(
                .damaged,
                "The archive's checksum doesn't agree with its content: it is damaged, or is"
                    + " not a single gzip stream.")
        }
    }
}
