// SPDX-License-Identifier: Apache-2.0

import Foundation
import SystemPackage
import TestSupport

/// Holds an agent until the test lets it go on: a named pipe that the agent reads a line from.
///
/// So what a test sees before it opens the gate was there while the agent ran, whatever the timing.
struct Gate: Sendable {
    let path: String

    /// The variable by which a script knows the path, and the line by which it waits.
    static let variable = "GATE"
    static let wait = #"read -r opened <"$GATE""#

    init(in folder: String) throws {
        path = folder + "/gate-\(UUID())"
        guard mkfifo(path, 0o600) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Lets the agent through that waits at the gate, or the next one that comes.
    func open(within limit: Duration = .seconds(30)) async throws {
        let pipe = try await eventuallyValue(within: limit, "an agent at the gate") {
            // Without a reader such an open fails (ENXIO), so nothing blocks here.
            try? FileDescriptor.open(FilePath(path), .writeOnly, options: [.nonBlocking])
        }
        try pipe.closeAfter { _ = try pipe.writeAll(Array("open\n".utf8)) }
    }
}
