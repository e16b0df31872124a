// SPDX-License-Identifier: Apache-2.0

public import SystemPackage

/// Where an archive's bytes go while it is being written.
public enum ArchiveDestination: Sendable {
    /// A file that doesn't exist yet: made with mode 0600, removed again when writing fails.
    case newFile(FilePath)

    /// An open descriptor, written from its current position on and left open.
    case descriptor(FileDescriptor)

    /// A function that takes up to 64 KiB at a time, in order, on the writer's own thread.
    ///
    /// While it blocks, nothing is read or compressed: that is the back-pressure. When it throws,
    /// writing ends with its error as the cause.
    case chunks(@Sendable ([UInt8]) throws -> Void)
}
