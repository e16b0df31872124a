// SPDX-License-Identifier: Apache-2.0

public import SystemPackage

/// Unpacks gzip-compressed tar archives of unknown origin into a folder that they can't leave.
///
/// Refused, with the entry's name: absolute names and `..`; symbolic links whose target, also
/// through other links, is outside; hard links to anything but an earlier file; devices, pipes and
/// sockets; two entries of one name, or of names that differ only in case; names longer than Linux
/// takes; and whatever passes the limits. Of the permissions only "executable" is taken over, so
/// no file becomes setuid; owners, attributes and access lists are ignored.
public struct ArchiveExtractor: Sendable {
    private let limits: ExtractionLimits

    /// Makes an extractor that keeps to `limits`.
    public init(limits: ExtractionLimits = ExtractionLimits()) {
        self.limits = limits
    }

    /// Unpacks the file `archive` into the existing folder `folder`.
    ///
    /// Existing files are never replaced. After an error the folder holds some of the files, no
    /// symbolic link unless all were found good, and nothing outside is changed; its owner removes
    /// it. Memory is constant but for the names. Runs on a thread of its own; a cancelled task gets
    /// ``ArchiveError/Code/cancelled`` before the next block is written.
    public func extract(
        _ archive: FilePath, into folder: FilePath
    ) async throws(ArchiveError) -> ExtractionSummary {
        let limits = limits
        return try await BlockingThread.run { (cancellation) throws(ArchiveError) in
            try LibraryLocale.bytes.with { () throws(ArchiveError) in
                let input = try GzipReader(
                    try openFile(archive), limits: limits, cancellation: cancellation)
                let extraction = Extraction(
                    of: try TarReader(input), into: try openFolder(folder), limits: limits,
                    cancellation: cancellation)
                return try extraction.run()
            }
        }
    }
}

private func openFile(_ path: FilePath) throws(ArchiveError) -> FileDescriptor {
    do {
        return try SystemCalls.openFile(at: path)
    } catch {
        throw ArchiveError(
            .sourceUnreadable, "The archive '\(path)' can't be opened: \(error).", cause: error)
    }
}

private func openFolder(_ path: FilePath) throws(ArchiveError) -> DirectoryStack {
    do {
        return try DirectoryStack(root: path)
    } catch {
        throw ArchiveError(
            .destinationFailed, "The folder '\(path)' can't be opened: \(error).", cause: error)
    }
}
