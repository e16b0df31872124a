// SPDX-License-Identifier: Apache-2.0

/// Says which brokers to reach and with which librdkafka settings.
///
/// Shared by producers, consumers and the admin client. A setting of another role is ignored by
/// librdkafka, so that one dictionary can serve all three.
public struct KafkaConfiguration: Sendable {
    /// The first brokers to ask, `host:port` separated by commas.
    public var brokers: String

    /// The name by which brokers know this client in their logs and quotas.
    public var clientID: String

    /// Any librdkafka property by its documented name, SASL and TLS included.
    ///
    /// Wins over the defaults of this module. An unknown name, or a value that librdkafka refuses,
    /// makes the client's initialiser throw ``KafkaError/Code/invalidConfiguration``, whose reason
    /// names the property but never repeats the value of a secret.
    ///
    /// Source: librdkafka's `CONFIGURATION.md`.
    public var properties: [String: String]

    /// Describes a cluster by the addresses of some of its brokers.
    public init(
        brokers: String, clientID: String = "rdkafka", properties: [String: String] = [:]
    ) {
        self.brokers = brokers
        self.clientID = clientID
        self.properties = properties
    }
}
