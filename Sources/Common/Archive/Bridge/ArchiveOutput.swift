// SPDX-License-Identifier: Apache-2.0

import CArchive
import SystemPackage

/// Where the library's compressed bytes go; the context of its write callback.
///
/// Owned by the ``TarWriter`` whose archive calls it, and used on that one's thread.
final class ArchiveOutput {
    private let destination: ArchiveDestination
    private var file: FileDescriptor?
    private let cancellation: CancellationFlag

    /// What stopped the writing; the library only learns that something did.
    private(set) var failure: ArchiveError?

    init(
        _ destination: ArchiveDestination, cancellation: CancellationFlag
    ) throws(ArchiveError) {
        self.destination = destination
        self.cancellation = cancellation
        switch destination {
        case .newFile(let path):
            do {
                file = try SystemCalls.createPrivateFile(at: path)
            } catch {
                throw ArchiveError(
                    .destinationFailed, "The archive '\(path)' can't be made: \(error).",
                    cause: error)
            }
        case .descriptor, .chunks: break
        }
    }

    deinit {
        if file != nil { discard() }
    }

    fileprivate func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
        if let failure { throw failure }
        do {
            try cancellation.check()
            switch destination {
            case .newFile: if let file { try SystemCalls.write(file, bytes) }
            case .descriptor(let descriptor): try SystemCalls.write(descriptor, bytes)
            case .chunks(let take): try take(Array(bytes))
            }
        } catch {
            let failure = error as? ArchiveError ?? writingFailed(error)
            self.failure = failure
            throw failure
        }
    }

    /// Ends a file of our own: from here on it stays.
    func finish() throws(ArchiveError) {
        guard let file else { return }
        self.file = nil
        do {
            try SystemCalls.closeWritten(file)
        } catch {
            removeFile()
            throw writingFailed(error)
        }
    }

    /// Closes and removes a file of our own that is not finished.
    private func discard() {
        guard let file else { return }
        self.file = nil
        SystemCalls.close(file)
        removeFile()
    }

    private func removeFile() {
        guard case .newFile(let path) = destination else { return }
        // The error that led here is the one to tell; a file that is left over is harmless.
        try? SystemCalls.removeFile(at: path)
    }

    private func writingFailed(_ error: any Error) -> ArchiveError {
        ArchiveError(
            .destinationFailed, "The archive can't be written: \(error).", cause: error)
    }
}

/// Takes the library's next compressed bytes: an `archive_write_callback`.
func writeArchiveOutput(
    _ archive: OpaquePointer?, _ context: UnsafeMutableRawPointer?, _ bytes: UnsafeRawPointer?,
    _ count: Int
) -> Int {
    guard let context else { return Int(ARCHIVE_FATAL) }
    let output = Unmanaged<ArchiveOutput>.fromOpaque(context).takeUnretainedValue()
    do {
        try output.write(UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    } catch {
        return Int(ARCHIVE_FATAL)
    }
}
