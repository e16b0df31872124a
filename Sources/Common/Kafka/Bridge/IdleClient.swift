// SPDX-License-Identifier: Apache-2.0
import Logging
import Synchronization

/// A client that neither produces nor consumes: it is asked questions, and its logs are written.
final class IdleClient: ServedClient {
    let handle: ClientHandle
    private let logger: Logger
    private let isStopping = Mutex(false)

    init(handle: ClientHandle, logger: Logger) {
        self.handle = handle
        self.logger = logger
    }

    /// Asks the thread to end the client.
    func stop() {
        isStopping.withLock { $0 = true }
        handle.wake()
    }

    func serve() {
        while !isStopping.withLock({ $0 }) {
            guard let event = handle.poll(for: .seconds(1)) else { continue }
            switch event.kind {
            case .log: logger.logRdKafka(event)
            case .error:
                // The call that it concerns fails by itself.
                logger.debug(
                    "Kafka client reports trouble", metadata: ["error": "\(event.errorText ?? "")"])
            case .deliveries, .record, .rebalance, .other: break
            }
        }
    }

    func didEnd() {}
}
