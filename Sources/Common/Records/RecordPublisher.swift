// SPDX-License-Identifier: Apache-2.0

/// The only way a stage says something to the others.
public protocol RecordPublisher: Sendable {
    /// Says it without waiting: the record may be lost, and nothing depends on it.
    ///
    /// Never blocks and never throws; records published by one task for one key stay in order.
    func publish(_ record: Record, on topic: Topic)

    /// Says it and waits until Kafka has acknowledged it.
    ///
    /// - Throws: An error when it was not acknowledged in time, or the task is cancelled; it may be
    ///   there nevertheless.
    func publishAcknowledged(_ record: Record, on topic: Topic) async throws
}
