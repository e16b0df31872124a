// SPDX-License-Identifier: Apache-2.0

/// A librdkafka client in one of its roles, served by a thread of its own.
protocol ServedClient: AnyObject, Sendable {
    var handle: ClientHandle { get }

    /// Takes events from the queue until it has been asked to stop, and has done what that takes.
    func serve()

    /// Frees what hangs on the client, when no other thread uses it any more.
    func release()

    /// Fails whatever still waits, after the client is gone.
    func didEnd()
}

extension ServedClient {
    func release() {}
}

/// The two moments of a served client's life that others wait for.
struct ClientLife<Client: ServedClient>: Sendable {
    /// The client is made, or could not be.
    let ready = Promise<Client>()
    /// The client is destroyed, and its thread is about to end.
    let ended = Promise<Void>()

    /// Makes a client on a new thread, which serves it and destroys it at its end.
    ///
    /// Making one may read certificates, destroying one waits for librdkafka's threads: both block,
    /// and so never happen on the thread of a task. `make` and `onFailure` run on the new thread,
    /// before ``ready`` is resolved (`onFailure` here, when there is no thread to be had).
    func launch(
        role: ClientHandle.Role, properties: [String: String],
        make: @escaping @Sendable (ClientHandle) throws(KafkaError) -> Client,
        onFailure: @escaping @Sendable (KafkaError) -> Void = { _ in }
    ) {
        do throws(KafkaError) {
            try DedicatedThread.start {
                do throws(KafkaError) {
                    try run(role, properties, make)
                } catch {
                    fail(error, onFailure)
                }
            }
        } catch {
            fail(error, onFailure)
        }
    }

    private func run(
        _ role: ClientHandle.Role, _ properties: [String: String],
        _ make: (ClientHandle) throws(KafkaError) -> Client
    ) throws(KafkaError) {
        let handle = try Self.makeHandle(role, properties)
        let client: Client
        do throws(KafkaError) {
            client = try make(handle)
        } catch {
            handle.destroy(releasing: {})
            throw error
        }
        ready.resolve(.success(client))
        client.serve()
        handle.destroy(releasing: client.release)
        client.didEnd()
        ended.resolve(.success(()))
    }

    private func fail(_ error: KafkaError, _ onFailure: (KafkaError) -> Void) {
        onFailure(error)
        ready.resolve(.failure(error))
        ended.resolve(.success(()))
    }

    private static func makeHandle(
        _ role: ClientHandle.Role, _ properties: [String: String]
    ) throws(KafkaError) -> ClientHandle {
        let configuration = ConfigurationHandle()
        for (name, value) in properties { try configuration.set(name, to: value) }
        return try ClientHandle(role, configuration: configuration)
    }
}
