// SPDX-License-Identifier: Apache-2.0
import Logging
import Synchronization

/// Keeps one living ``ProducerClient``: makes a new one when a fatal error ends the old one.
///
/// librdkafka's idempotent producer can die for good, for example when a broker has lost the
/// producer's last sequence number. Any number of tasks, and the clients' threads, come here.
final class ReplaceableProducer: Sendable {
    private enum Condition {
        case starting(Promise<ProducerClient>)
        case open(ProducerClient)
        case failed(KafkaError)
        case closed
    }

    private struct State {
        var condition: Condition
        /// The ends of all clients that were started, the retired ones included.
        var ends: [Promise<Void>] = []
        /// Why the last client was retired, until the next one is ready.
        var lastFatalError: KafkaError?

        mutating func beginStart() -> ClientLife<ProducerClient> {
            let life = ClientLife<ProducerClient>()
            condition = .starting(life.ready)
            ends.removeAll { $0.isResolved }
            ends.append(life.ended)
            return life
        }
    }

    /// How long a client that has died may wait for reports on what it has already sent.
    private static let retirementTime = Duration.seconds(5)

    private let properties: [String: String]
    private let logger: Logger
    private let onEvent: (@Sendable (KafkaProducerEvent) -> Void)?
    private let state: Mutex<State>

    init(
        properties: [String: String], logger: Logger,
        onEvent: (@Sendable (KafkaProducerEvent) -> Void)?
    ) {
        self.properties = properties
        self.logger = logger
        self.onEvent = onEvent
        let first = ClientLife<ProducerClient>()
        state = Mutex(State(condition: .starting(first.ready), ends: [first.ended]))
        launch(first)
    }

    /// Waits for a living client; starts one when the last start failed.
    func client() async throws(KafkaError) -> ProducerClient {
        switch condition() {
        case .open(let client): return client
        case .starting(let promise): return try await promise.value()
        case .failed: return try await restart().value()
        case .closed: throw .closed
        }
    }

    /// Returns the living client, or throws `.restarting` while there is none.
    func clientNow() throws(KafkaError) -> ProducerClient {
        switch condition() {
        case .open(let client): return client
        case .starting: break
        case .failed: _ = restart()
        case .closed: throw .closed
        }
        throw KafkaError(
            code: .restarting, reason: "The producer is being started.", isRetriable: true)
    }

    /// Takes a client that has died out of use, and starts its successor.
    ///
    /// Repeating it is harmless.
    func retire(_ client: ProducerClient, because error: KafkaError) {
        let life = state.withLock { state -> ClientLife<ProducerClient>? in
            guard case .open(let current) = state.condition, current === client else { return nil }
            state.lastFatalError = error
            return state.beginStart()
        }
        guard let life else { return }
        logger.warning("Kafka producer died and is replaced", metadata: ["error": "\(error)"])
        client.retire(because: error, flushing: Self.retirementTime)
        launch(life)
    }

    /// Ends all clients and waits until they are gone.
    ///
    /// May be called again.
    func close(flushing time: Duration) async {
        for end in stop(flushing: time) { _ = await end.outcome() }
    }

    /// Asks all clients to end, without waiting; returns their ends.
    @discardableResult
    func stop(flushing time: Duration) -> [Promise<Void>] {
        let (last, ends) = state.withLock { state in
            defer { state.condition = .closed }
            return (state.condition, state.ends)
        }
        // A client that is starting finds by itself that it is not wanted any more.
        if case .open(let client) = last { client.finish(flushing: time) }
        return ends
    }

    private func condition() -> Condition { state.withLock { $0.condition } }

    private func restart() -> Promise<ProducerClient> {
        let (promise, life) = state.withLock {
            state -> (Promise<ProducerClient>, ClientLife<ProducerClient>?) in
            switch state.condition {
            case .failed:
                let life = state.beginStart()
                return (life.ready, life)
            case .starting(let promise): return (promise, nil)
            case .open(let client): return (Promise(.success(client)), nil)
            case .closed: return (Promise(.failure(.closed)), nil)
            }
        }
        if let life { launch(life) }
        return promise
    }

    private func launch(_ life: ClientLife<ProducerClient>) {
        let listener = ProducerClient.Listener(
            onError: { [onEvent] error in onEvent?(.error(error)) },
            onFatalError: { client, error in self.retire(client, because: error) })
        life.launch(
            role: .producer, properties: properties,
            make: { [logger] handle throws(KafkaError) in
                let client = ProducerClient(handle: handle, listener: listener, logger: logger)
                self.opened(client)
                return client
            },
            onFailure: failed)
    }

    /// Runs on the new client's thread.
    private func opened(_ client: ProducerClient) {
        let (isClosed, fatalError) = state.withLock { state -> (Bool, KafkaError?) in
            if case .closed = state.condition { return (true, nil) }
            state.condition = .open(client)
            defer { state.lastFatalError = nil }
            return (false, state.lastFatalError)
        }
        if isClosed { client.finish(flushing: .zero) }
        if let fatalError { onEvent?(.replaced(after: fatalError)) }
    }

    /// Runs on the thread that failed to make a client.
    private func failed(_ error: KafkaError) {
        state.withLock { state in
            if case .closed = state.condition { return }
            state.condition = .failed(error)
        }
        onEvent?(.unavailable(error))
    }
}
