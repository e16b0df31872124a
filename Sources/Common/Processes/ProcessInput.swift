// SPDX-License-Identifier: Apache-2.0

/// Writes to the standard input of a hosted process.
///
/// Works when the configuration says ``HostedProcess/StandardInput/stream``; otherwise it is closed
/// from the start.
public struct ProcessInput: Sendable {
    let supervision: Supervision

    /// Returns when all bytes are in the pipe, so a process that doesn't read holds its writer back.
    ///
    /// Writes of several tasks come one after the other, each whole. Throws `inputClosed` when the
    /// process has closed its end, or has ended, before they were all in; `cancelled` when the task
    /// is cancelled: then either nothing is written or, once begun, everything still is.
    public func write(_ bytes: [UInt8]) async throws(ProcessError) {
        try await supervision.write(bytes)
    }

    /// Lets the process see the end of its input once everything written before is in the pipe.
    public func close() {
        supervision.closeInput()
    }
}
