// SPDX-License-Identifier: Apache-2.0

import Messaging
import ServiceLifecycle

/// Hears for all stages of the process, as one of its services.
struct MessageService: Service {
    let source: KafkaRecordSource

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await source.run() }
    }
}
