// SPDX-License-Identifier: Apache-2.0

/// Bounds that the kernel holds each process of a tree to; nil leaves one as it is.
///
/// They are inherited, and none of the tree can raise them. Source: `setrlimit(2)`. Core files are
/// off in any case.
public struct ResourceLimits: Sendable, Hashable {
    /// Seconds of processor time for one process: XCPU at the limit, KILL five seconds later.
    public var cpuSeconds: Int?
    /// Bytes of address space for one process.
    ///
    /// Runtimes that reserve much and use little (Node.js, Go, Java) need some gigabytes.
    public var addressSpaceBytes: Int?
    /// Open descriptors in one process.
    public var openFiles: Int?
    /// Processes and threads of the user, those outside of the tree included.
    ///
    /// The kernel does not apply it to root.
    public var processes: Int?
    /// Bytes in one file that is written: XFSZ beyond.
    public var fileSizeBytes: Int?

    /// Creates limits; none by default.
    public init(
        cpuSeconds: Int? = nil,
        addressSpaceBytes: Int? = nil,
        openFiles: Int? = nil,
        processes: Int? = nil,
        fileSizeBytes: Int? = nil
    ) {
        self.cpuSeconds = cpuSeconds
        self.addressSpaceBytes = addressSpaceBytes
        self.openFiles = openFiles
        self.processes = processes
        self.fileSizeBytes = fileSizeBytes
    }
}
