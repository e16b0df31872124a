// SPDX-License-Identifier: Apache-2.0
public import Logging

/// Reads records, of partitions assigned by hand or by a group, as an asynchronous sequence.
///
/// A thread of its own blocks in librdkafka and fills a bounded buffer; a full one stops fetching,
/// never polling (see ``KafkaConsumerConfiguration``). Any task may call any method. Several tasks
/// may iterate: each record goes to one of them. The sequence ends when the consumer is closed or
/// the iterating task is cancelled, and throws when the client dies. End it with ``close()``.
public final class KafkaConsumer: Sendable {
    let client: ConsumerClient
    private let ended: Promise<Void>

    /// Makes the client, without waiting for a broker.
    ///
    /// `onEvent` is called on the consumer's thread, in order with the records (an assignment comes
    /// before its first record), and must return soon: nothing is read meanwhile. Throws
    /// `.invalidConfiguration` for a property that can't be used.
    public init(
        configuration: KafkaConsumerConfiguration, logger: Logger = Logger(label: "kafka"),
        onEvent: (@Sendable (KafkaConsumerEvent) -> Void)? = nil
    ) async throws(KafkaError) {
        let life = ClientLife<ConsumerClient>()
        life.launch(
            role: .consumer, properties: configuration.properties,
            make: { handle throws(KafkaError) in
                try ConsumerClient(
                    handle: handle, configuration: configuration, logger: logger, onEvent: onEvent)
            })
        client = try await life.ready.outcome().get()
        ended = life.ended
    }

    deinit { client.stop() }

    /// Leaves the group, drops what is buffered, and ends the sequence.
    ///
    /// Stored offsets are committed. Returns when everything is freed, at the latest after about
    /// `closeTimeout`, also when the task is cancelled. May be called again.
    public func close() async {
        client.stop()
        _ = await ended.outcome()
    }
}

extension KafkaConsumer: AsyncSequence {
    /// Yields the records one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let buffer: RecordBuffer

        /// Waits for the next record; `nil` once the consumer is closed or the task cancelled.
        public mutating func next() async throws(KafkaError) -> KafkaRecord? {
            try await buffer.next()
        }

        /// Waits for the next record; `nil` once the consumer is closed or the task cancelled.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(KafkaError) -> KafkaRecord? {
            try await buffer.next()
        }
    }

    /// Begins to read where the last iterator stopped.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(buffer: client.buffer) }
}
