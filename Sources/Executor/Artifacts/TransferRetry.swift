// SPDX-License-Identifier: Apache-2.0

import Logging
import Seams
import ServiceRuntime

/// Tries transfers to and from the object store again: as often as configured, with pauses that
/// double and jitter (half to all of each).
struct TransferRetry: Sendable {
    let attempts: Int
    let baseDelay: Duration
    let time: any TimeSource
    let random: any RandomSource
    let logger: Logger

    init(
        _ configuration: ExecutorConfiguration, _ dependencies: ExecutorDependencies,
        _ logger: Logger
    ) {
        attempts = configuration.uploadAttempts
        baseDelay = configuration.uploadBaseDelay
        time = dependencies.time
        random = dependencies.random
        self.logger = logger
    }

    /// Carries out a transfer until it succeeds, or for the last time.
    ///
    /// - Throws: What the last attempt threw, or one that `isFinal` says is not worth another.
    func perform<Value>(
        _ operation: String, isFinal: (any Error) -> Bool = { _ in false },
        _ transfer: () async throws -> Value
    ) async throws -> Value {
        var pause = baseDelay
        for _ in 1..<attempts {
            do {
                return try await transfer()
            } catch {
                try Task.checkCancellation()
                if isFinal(error) { throw error }
                logger.warning(
                    "Transfer is tried again",
                    metadata: [LogKeys.operation: "\(operation)", LogKeys.error: "\(error)"])
            }
            try await time.sleep(for: pause / 2 + random.part(of: pause / 2))
            pause *= 2
        }
        return try await transfer()
    }
}
