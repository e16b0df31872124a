// SPDX-License-Identifier: Apache-2.0
public import Logging

/// Sends messages to a Kafka cluster, in order, each stored once.
///
/// Idempotent and acknowledged by all replicas unless its properties say otherwise. Any task may
/// use it at any time. A thread of its own waits for the reports; a client that dies of a fatal
/// error is replaced (messages that it held fail with ``KafkaError/Code/fatal``, and later ones are
/// sent by its successor). End it with ``close(flushing:)``; one that is only dropped gives up what
/// is still undelivered.
public final class KafkaProducer: Sendable {
    /// How many clients a message is tried on that die before they accept it.
    private static let attempts = 3

    private let producer: ReplaceableProducer
    private let drops: DropLog

    /// Makes the client, without waiting for a broker.
    ///
    /// `onEvent` is called on the producer's threads and must return at once. Throws
    /// `.invalidConfiguration` for a property that can't be used.
    public init(
        configuration: KafkaProducerConfiguration, logger: Logger = Logger(label: "kafka"),
        onEvent: (@Sendable (KafkaProducerEvent) -> Void)? = nil
    ) async throws(KafkaError) {
        let producer = ReplaceableProducer(
            properties: configuration.properties, logger: logger, onEvent: onEvent)
        do throws(KafkaError) {
            _ = try await producer.client()
        } catch {
            await producer.close(flushing: .zero)
            throw error
        }
        self.producer = producer
        self.drops = DropLog(logger: logger)
    }

    deinit { producer.stop(flushing: .zero) }

    /// Sends a message and waits until the cluster has acknowledged it.
    ///
    /// While no broker can be reached it waits, up to the configured `messageTimeout`; then it
    /// throws `.timedOut`. Cancelling the task ends the wait at once with `.cancelled`, but the
    /// message can't be taken back and may still be delivered. A full queue throws `.queueFull`,
    /// and closing the producer fails what is not delivered with `.closed`.
    public func send(_ message: KafkaMessage) async throws(KafkaError) -> KafkaDelivery {
        let report = Promise<KafkaDelivery>()
        for attempt in 1... {
            let client = try await producer.client()
            do throws(KafkaError) {
                try client.produce(message) { report.resolve($0) }
                break
            } catch {
                guard isOver(client, error) else { throw error }
                guard attempt < Self.attempts else { throw error.code == .closed ? .died : error }
            }
        }
        return try await report.value()
    }

    /// Sends a message without waiting; never blocks.
    ///
    /// `onFailure` is called once if the message is not delivered, on any thread (also before this
    /// returns), and must return at once. Without it, drops are logged as warnings, at most one
    /// line a second with their number.
    public func enqueue(
        _ message: KafkaMessage, onFailure: (@Sendable (KafkaError) -> Void)? = nil
    ) {
        let fail = onFailure ?? { [drops, topic = message.topic] in drops.add($0, topic: topic) }
        do throws(KafkaError) {
            let client = try producer.clientNow()
            do throws(KafkaError) {
                try client.produce(message) { if case .failure(let error) = $0 { fail(error) } }
            } catch {
                _ = isOver(client, error)
                throw error
            }
        } catch {
            fail(error)
        }
    }

    /// Learns where topics are, so that the first message to each needn't wait for that.
    ///
    /// librdkafka looks for the place of a new topic's messages once a second. Throws what kept a topic
    /// from being found within `time`; nothing is lost by going on without.
    public func prepare(
        topics: [String], within time: Duration = .seconds(10)
    ) async throws(KafkaError) {
        let client = try await producer.client()
        for topic in topics {
            _ = try await TopicLookup.describe(topic, by: client.handle, within: time)
        }
    }

    /// Delivers what is queued for at most `time`, fails the rest with `.closed`, and ends.
    ///
    /// Returns when everything is freed, also when the task is cancelled. May be called again.
    public func close(flushing time: Duration = .seconds(10)) async {
        await producer.close(flushing: time)
    }

    /// Whether a refusal says that the client is over, so that its successor may do better.
    private func isOver(_ client: ProducerClient, _ error: KafkaError) -> Bool {
        if error.isFatal { producer.retire(client, because: error) }
        return error.isFatal || error.code == .closed
    }
}
