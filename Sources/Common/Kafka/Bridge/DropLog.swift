// SPDX-License-Identifier: Apache-2.0
import Logging
import Synchronization

/// Logs dropped messages, at most one line a second, so that an outage does not flood the log.
final class DropLog: Sendable {
    private struct State {
        var lastLine: ContinuousClock.Instant?
        var unlogged = 0
    }

    private let logger: Logger
    private let state = Mutex(State())

    init(logger: Logger) { self.logger = logger }

    /// Counts a drop, and logs all that were counted if the last line is old enough.
    func add(_ error: KafkaError, topic: String) {
        let now = ContinuousClock.now
        let count = state.withLock { state -> Int? in
            state.unlogged += 1
            if let lastLine = state.lastLine, lastLine.duration(to: now) < .seconds(1) {
                return nil
            }
            defer { state = State(lastLine: now) }
            return state.unlogged
        }
        guard let count else { return }
        logger.warning(
            "Kafka messages dropped",
            metadata: ["count": "\(count)", "topic": .string(topic), "error": "\(error)"])
    }
}
