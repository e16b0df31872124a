// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// Writes whole lines to standard error; a line that can't be written is given up, for there is
/// nowhere to say so.
struct FileDescriptorOutput {
    func write(_ line: [UInt8]) {
        _ = try? FileDescriptor.standardError.writeAll(line)
    }
}
