// SPDX-License-Identifier: Apache-2.0

extension KafkaConfiguration {
    /// All properties of a client: those of the user win over the role's defaults.
    func properties(defaults: [String: String]) -> [String: String] {
        var all = defaults.merging(properties) { _, user in user }
        all["client.id"] = clientID
        if !brokers.isEmpty { all["bootstrap.servers"] = brokers }
        return all
    }
}

extension KafkaProducerConfiguration {
    /// The properties of a producer that neither loses, doubles nor reorders what it has accepted.
    var properties: [String: String] {
        connection.properties(defaults: [
            "enable.idempotence": "true",
            "acks": "all",
            "queue.buffering.max.messages": "\(queueCapacity)",
            "message.timeout.ms": "\(messageTimeout.milliseconds)",
        ])
    }
}

extension KafkaConsumerConfiguration {
    /// The properties of a consumer whose progress is stored by its reader, after the effect.
    var properties: [String: String] {
        connection.properties(defaults: [
            // librdkafka insists on a group even where none is ever joined.
            "group.id": group ?? "\(connection.clientID)-by-hand",
            "enable.auto.commit": group == nil ? "false" : "true",
            // Storing on arrival would commit what is still in the buffer.
            "enable.auto.offset.store": "false",
            // Where an offset no longer exists, the oldest record that does loses the least.
            "auto.offset.reset": "earliest",
            "partition.assignment.strategy": "cooperative-sticky",
            // What librdkafka fetches ahead, beside our own buffer (its default: 64 MiB).
            "queued.max.messages.kbytes": "16384",
        ])
    }
}
