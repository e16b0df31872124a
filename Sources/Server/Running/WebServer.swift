// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
import Intake
import Logging
import NIOCore
import Notifier
import ServiceLifecycle

/// Serves HTTP: the router's routes and, in the same connections, the streams of a Notifier.
struct WebServer: Service {
    private let service: any Service

    /// Prepares the server; `onServing` is told the port once it is bound.
    init<Routes: HTTPResponderBuilder>(
        router: Routes, streams: NotifierApp?, settings: ServerSettings,
        logger: Logger,
        onServing: @escaping @Sendable (Int) async -> Void
    ) where Routes.Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let server: HTTPServerBuilder = .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: streams.map { [$0.makeChannelHandler()] } ?? []))
        service = Application(
            responder: router.buildResponder(), server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil),
            onServerRunning: { channel in
                await onServing(channel.localAddress?.port ?? settings.port)
            },
            logger: logger)
    }

    func run() async throws {
        do {
            try await service.run()
        } catch let error as IOError {
            throw ServerFailure(
                status: ServerFailure.unavailable,
                message: "HTTP can't be served: \(error). Is the port taken?")
        }
    }
}
