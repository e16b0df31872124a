// SPDX-License-Identifier: Apache-2.0

extension KafkaConfiguration {
    /// Describes a ``KafkaMockCluster`` of this machine, with settings that make it quick.
    ///
    /// Not for a real broker, which answers a waiting fetch as soon as data arrives and is only
    /// loaded by these settings.
    public static func embedded(brokers: String, clientID: String = "rdkafka") -> Self {
        // The mock cluster answers a fetch without data only when its wait is over, also when data
        // arrives in between. Measured from producer to consumer, on two cores, with librdkafka
        // 2.0.2: wait 50 ms, 48 ms; 10 ms, 7.6 ms; 5 ms, 2.5 ms (p90 2.6 ms) for 5 % of a core when
        // idle; 1 ms, 1.4 ms for 10 % of a core. So 5 ms.
        //
        // A change of a group's members takes the mock cluster the session timeout less a second
        // (librdkafka's default: 45 s), so that one is short. Members of one group must begin with
        // the same strategy, or its assertions end the process: so the one that most clients have.
        //
        // A lost connection is rebuilt at once: on loopback nobody is spared by backing off.
        KafkaConfiguration(
            brokers: brokers, clientID: clientID,
            properties: [
                "fetch.wait.max.ms": "5",
                "linger.ms": "0",
                "session.timeout.ms": "6000",
                "heartbeat.interval.ms": "1000",
                "partition.assignment.strategy": "range,roundrobin",
                "reconnect.backoff.ms": "10",
                "reconnect.backoff.max.ms": "200",
                "socket.nagle.disable": "true",
                // Loopback brokers of the mock cluster listen on IPv4 alone.
                "broker.address.family": "v4",
            ])
    }
}
