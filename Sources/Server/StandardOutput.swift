// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// Says things on standard output, unbuffered, for whoever waits for them at the end of a pipe.
enum StandardOutput {
    static func write(_ line: String) {
        _ = try? FileDescriptor.standardOutput.writeAll(Array("\(line)\n".utf8))
    }
}
