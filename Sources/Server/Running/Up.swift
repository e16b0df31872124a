// SPDX-License-Identifier: Apache-2.0

import Intake
import Kafka
import Logging
import Messaging
import Model
import Records
import Repositories
import SQLiteStorage
import ServiceLifecycle
import ServiceRuntime
import Storage

/// Everything in one process: the four stages, a broker in memory, a table in a file and a folder
/// of objects.
struct Up {
    let settings: ServerSettings

    init(_ settings: ServerSettings) {
        self.settings = settings
    }

    /// Runs until SIGTERM or SIGINT.
    func run() async throws {
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: settings.logLevel) }
        let folder = try DataFolder(path: settings.dataPath)
        let lock = try DataFolderLock(folder)
        try await Backends.withStores(settings) { stores in
            let credentials = try await Users(stores: stores).addFirst(folder)
            try await withBrokers { connection in
                try await Messages.with(
                    connection, prefix: settings.topicPrefix, stores: stores,
                    logger: Stages.logger("kafka", settings)
                ) { messages in
                    let stages = try await Stages(
                        settings: settings, folder: folder, stores: stores, messages: messages,
                        tokenKey: try TokenKey.find(settings, makingIn: folder))
                    try await run(stages, credentials, brokers: connection.brokers)
                }
            }
        }
        _ = consume lock
    }

    /// The services in the order in which they are needed; they end in the reverse order.
    private func run(_ stages: Stages, _ credentials: Credentials, brokers: String) async throws {
        let notifier = stages.notifier()
        let intake = stages.intake()
        let announcement = UpAnnouncement(
            folder: stages.folder, credentials: credentials, brokers: brokers,
            source: stages.messages.source, time: stages.stores.time)
        let server = WebServer(
            router: intake.makeRouter(), streams: notifier, settings: settings,
            logger: Stages.logger("http", settings)
        ) { port in
            stages.address.served(host: settings.host, port: port)
            await announcement.ready(at: stages.address.text)
        }
        let services: [any Service] = [
            MessageService(source: stages.messages.source),
            RegistryService(registry: stages.registry),
            stages.dispatcher(), try stages.executor(), notifier, intake, server,
        ]
        try await Backends.closing({ announcement.withdraw() }) {
            try await ProcessServices.run(services, settings: settings)
        }
    }

    /// Calls `body` with the configured brokers, else with one in memory, for the length of the
    /// call.
    private func withBrokers(_ body: (KafkaConfiguration) async throws -> Void) async throws {
        if let brokers = settings.kafkaBrokers {
            return try await body(settings.kafka(brokers: brokers, client: "up"))
        }
        let logger = Stages.logger("broker", settings)
        let cluster = try await KafkaMockCluster(brokers: 1, logger: logger)
        try await Backends.closing({ await cluster.close() }) {
            let names = TopicNames(prefix: settings.topicPrefix)
            for topic in Topic.all {
                try await cluster.createTopic(
                    names.name(of: topic), partitions: settings.embeddedPartitions)
            }
            var connection = KafkaConfiguration.embedded(
                brokers: cluster.bootstrapServers, clientID: "tlao-up")
            connection.properties.merge(settings.kafkaProperties) { _, given in given }
            try await body(connection)
        }
    }
}
