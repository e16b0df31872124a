// SPDX-License-Identifier: Apache-2.0

import Kafka
import Logging
import Model
import Processes
import ServiceRuntime

/// Everything that can be set, read and checked once.
///
/// - `TLAO_DATA`: the data folder (default `$XDG_DATA_HOME/tlao-codex`, else
///   `~/.local/share/tlao-codex`).
/// - `TLAO_STORAGE` (`sqlite`) and `TLAO_OBJECTS` (`folder`): the stores; both are in the data
///   folder.
/// - `TLAO_HOST` (default 127.0.0.1) and `TLAO_PORT` (default 8080; 0 is a free one): where HTTP is
///   served.
/// - `TLAO_PUBLIC_URL`: the address in URLs that are handed out (default: where HTTP is served).
/// - `TLAO_KAFKA_BROKERS`: the brokers; `up` without them starts one of its own, in memory.
/// - `TLAO_KAFKA_PROPERTIES`: librdkafka properties as `name=value`, separated by line feeds or
///   `;`.
/// - `TLAO_KAFKA_PARTITIONS` (default 4): the partitions of each topic of the broker in memory.
/// - `TLAO_TOPIC_PREFIX` (default `tlao.`): begins each topic's name.
/// - `TLAO_JWT_SECRET` (32 bytes or more) or `TLAO_JWT_KEY_FILE`: what tokens are signed with; `up`
///   makes one.
/// - `TLAO_SLOTS` (default 4), `TLAO_ONLY` (executor names, separated by commas): the worker.
/// - `TLAO_AGENT_HOST`: the program that hosts agents (default: beside this one).
/// - `TLAO_SHUTDOWN_GRACE_SEC` (default 30): how long agents may go on once a shutdown was asked
///   for.
/// - `TLAO_SWEEPER` (`on`, `off`; default on): whether this dispatcher sweeps.
/// - `TLAO_LEASE_SEC` (default 30): how long a worker that fell silent keeps its runs before they
///   fail; renewed six times as often. The same for every stage.
/// - `TLAO_BROKER_PATIENCE_SEC` (default 20): how long Kafka has to be away before stages meet in
///   the table.
/// - `TLAO_LOG_LEVEL` (default `info`), and the limits, see `Guardrails`.
struct ServerSettings: Sendable {
    enum Storage: String, CaseIterable { case sqlite }
    enum Objects: String, CaseIterable { case folder }
    enum Switch: String, CaseIterable { case on, off }

    let dataPath: String
    let host: String
    let port: Int
    let publicURL: String?
    let kafkaBrokers: String?
    let kafkaProperties: [String: String]
    let embeddedPartitions: Int
    let topicPrefix: String
    let tokenSecret: String?
    let tokenKeyFile: String?
    let slots: Int
    let only: Set<String>
    let agentHost: String?
    let shutdownGrace: Duration
    let sweeps: Bool
    let timing: PipelineTiming
    let guardrails: Guardrails
    let logLevel: Logger.Level
    let environment: [String: String]

    init(_ settings: Settings) throws {
        do {
            try self.init(reading: settings)
        } catch {
            throw ServerFailure(status: ServerFailure.configuration, message: "\(error)")
        }
    }

    private init(reading settings: Settings) throws(ConfigurationError) {
        environment = ProcessEnvironment.variables
        dataPath = try Self.dataPath(settings, environment)
        _ = try settings.choice("storage", default: Storage.sqlite)
        _ = try settings.choice("objects", default: Objects.folder)
        host = settings.text("host") ?? "127.0.0.1"
        port = try settings.whole("port", default: 8_080, in: 0...65_535)
        publicURL = settings.text("publicURL").map {
            $0.hasSuffix("/") ? String($0.dropLast()) : $0
        }
        kafkaBrokers = settings.text("kafka.brokers")
        kafkaProperties = try Self.properties(settings.text("kafka.properties") ?? "")
        embeddedPartitions = try settings.whole("kafka.partitions", default: 4, in: 1...1_000)
        topicPrefix = settings.text("topicPrefix") ?? "tlao."
        tokenSecret = settings.text("jwt.secret", isSecret: true)
        tokenKeyFile = settings.text("jwt.keyFile")
        slots = try settings.whole("slots", default: 4, in: 1...64)
        only = Set((settings.text("only") ?? "").split(separator: ",").map(String.init))
        agentHost = settings.text("agentHost")
        shutdownGrace = .seconds(
            try settings.whole("shutdownGraceSec", default: 30, in: 0...86_400))
        sweeps = try settings.choice("sweeper", default: Switch.on) == .on
        timing = try Self.timing(settings)
        guardrails = try Guardrails(settings: settings)
        logLevel = try settings.choice("logLevel", default: Logger.Level.info)
    }

    private static func timing(
        _ settings: Settings
    ) throws(ConfigurationError) -> PipelineTiming {
        var timing = PipelineTiming()
        timing.leaseTime = .seconds(try settings.whole("leaseSec", default: 30, in: 2...3_600))
        timing.leaseRenewalInterval = timing.leaseTime / 6
        timing.brokerPatience = .seconds(
            try settings.whole("brokerPatienceSec", default: 20, in: 1...86_400))
        return timing
    }

    private static func dataPath(
        _ settings: Settings, _ environment: [String: String]
    ) throws(ConfigurationError) -> String {
        if let path = settings.text("data") { return path }
        if let base = environment["XDG_DATA_HOME"], base.hasPrefix("/") {
            return base + "/tlao-codex"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw ConfigurationError(
                "TLAO_DATA", "must be set: there is no HOME to put the data folder in")
        }
        return home + "/.local/share/tlao-codex"
    }

    private static func properties(_ text: String) throws(ConfigurationError) -> [String: String] {
        var properties: [String: String] = [:]
        for line in text.split(whereSeparator: { $0 == "\n" || $0 == ";" }) {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ConfigurationError(
                    "TLAO_KAFKA_PROPERTIES", "must be name=value, separated by line feeds or ;")
            }
            properties[String(parts[0])] = String(parts[1])
        }
        return properties
    }

    /// The connection to given brokers.
    func kafka(brokers: String, client: String) -> KafkaConfiguration {
        KafkaConfiguration(
            brokers: brokers, clientID: "tlao-\(client)",
            properties: ["linger.ms": "0"].merging(kafkaProperties) { _, given in given })
    }
}
