// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Intake
import Kafka
import Logging
import Notifier
import ServiceLifecycle
import ServiceRuntime

/// One stage in a process of its own, on stores and brokers that it shares with the others.
struct SplitProcess {
    /// The stages.
    enum Stage: String {
        case intake, dispatcher, executor, notifier
    }

    let stage: Stage
    let settings: ServerSettings

    init(_ stage: Stage, settings: ServerSettings) {
        self.stage = stage
        self.settings = settings
    }

    /// Runs until SIGTERM or SIGINT.
    func run() async throws {
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: settings.logLevel) }
        let tokenKey = try TokenKey.require(settings)
        guard let brokers = settings.kafkaBrokers else {
            throw ServerFailure(
                status: ServerFailure.configuration,
                message:
                    "Set TLAO_KAFKA_BROKERS: a stage in a process of its own shares brokers with the others."
            )
        }
        let folder = try DataFolder(path: settings.dataPath)
        try await Backends.withStores(settings) { stores in
            try await Messages.with(
                settings.kafka(brokers: brokers, client: stage.rawValue),
                prefix: settings.topicPrefix,
                stores: stores, logger: Stages.logger("kafka", settings)
            ) { messages in
                let stages = try await Stages(
                    settings: settings, folder: folder, stores: stores, messages: messages,
                    tokenKey: tokenKey)
                try await ProcessServices.run(try services(stages), settings: settings)
            }
        }
    }

    private func services(_ stages: Stages) throws -> [any Service] {
        let shared: [any Service] = [
            MessageService(source: stages.messages.source),
            RegistryService(registry: stages.registry),
        ]
        switch stage {
        case .dispatcher: return shared + [stages.dispatcher()]
        case .executor: return shared + [try stages.executor()]
        case .intake:
            let intake = stages.intake()
            return shared + [intake, server(intake.makeRouter(), nil, stages)]
        case .notifier:
            let notifier = stages.notifier()
            return shared + [notifier, server(notifier.makeRouter(), notifier, stages)]
        }
    }

    private func server<Routes: HTTPResponderBuilder>(
        _ router: Routes, _ streams: NotifierApp?, _ stages: Stages
    ) -> WebServer
    where Routes.Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        WebServer(
            router: router, streams: streams, settings: settings,
            logger: Stages.logger("http", settings)
        ) { port in
            stages.address.served(host: settings.host, port: port)
            StandardOutput.write("\(stage.rawValue) serves http://\(settings.host):\(port)")
        }
    }
}
