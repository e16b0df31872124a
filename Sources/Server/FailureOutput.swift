// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// Says on standard error why the program ends.
enum FailureOutput {
    static func write(_ message: String) {
        _ = try? FileDescriptor.standardError.writeAll(Array("tlao-codex: \(message)\n".utf8))
    }
}
