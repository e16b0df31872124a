// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import UnixSignals

/// Runs a process's services until SIGTERM or SIGINT, in the order given; ends them in the reverse
/// order.
enum ProcessServices {
    /// What the ending takes beside the worker's own grace.
    private static let margin: Duration = .seconds(20)

    static func run(_ services: [any Service], settings: ServerSettings) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Stages.logger("services", settings))
        configuration.maximumGracefulShutdownDuration = settings.shutdownGrace + margin
        try await ServiceGroup(configuration: configuration).run()
    }
}
