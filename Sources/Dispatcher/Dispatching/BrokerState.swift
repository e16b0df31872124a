// SPDX-License-Identifier: Apache-2.0

/// Whether, and by which way, workers can be reached at a moment.
struct BrokerState: Hashable, Sendable {
    /// The ways to a worker.
    enum Channel: Sendable {
        /// Kafka carries heartbeats and offers.
        case kafka
        /// Workers and dispatchers meet in the table, for Kafka has been silent for long.
        case table
        /// Neither: Kafka fell silent a moment ago.
        case closed
    }

    /// The way to go.
    let channel: Channel
    /// Whether Kafka, rather than the workers, is to blame for the silence.
    let isSuspect: Bool
}
