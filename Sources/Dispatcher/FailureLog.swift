// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceRuntime
import Synchronization

/// Logs an operation's failure once, and not again before it has succeeded.
///
/// Safe from any task.
final class FailureLog: Sendable {
    private let logger: Logger
    private let failing = Mutex<Set<String>>([])

    /// Creates a log without failures.
    init(logger: Logger) {
        self.logger = logger
    }

    /// Logs a failure: the first as a warning, those that follow it for debugging.
    ///
    /// What fails because it was cancelled says nothing.
    func failed(_ operation: String, _ error: any Error, _ metadata: Logger.Metadata = [:]) {
        guard !Task.isCancelled else { return }
        let isFirst = failing.withLock { $0.insert(operation).inserted }
        var metadata = metadata
        metadata[LogKeys.operation] = "\(operation)"
        metadata[LogKeys.error] = "\(error)"
        logger.log(level: isFirst ? .warning : .debug, "Operation failed", metadata: metadata)
    }

    /// Takes note that an operation succeeded.
    func succeeded(_ operation: String) {
        let wasFailing = failing.withLock { $0.remove(operation) != nil }
        guard wasFailing else { return }
        logger.info("Operation succeeds again", metadata: [LogKeys.operation: "\(operation)"])
    }
}
