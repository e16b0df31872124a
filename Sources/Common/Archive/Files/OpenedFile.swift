// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// A regular file open for reading, and what was true of it at that moment; closed by its owner.
struct OpenedFile {
    let descriptor: FileDescriptor
    let status: SystemCalls.Status

    /// Takes the descriptor over; closes it and answers nil when it is no regular file.
    init?(_ descriptor: FileDescriptor) throws(Errno) {
        do {
            status = try SystemCalls.status(of: descriptor)
        } catch {
            SystemCalls.close(descriptor)
            throw error
        }
        guard status.kind == .file else {
            SystemCalls.close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }
}
