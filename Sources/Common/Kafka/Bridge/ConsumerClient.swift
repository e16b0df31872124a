// SPDX-License-Identifier: Apache-2.0
import CRdKafka
import Logging
import Synchronization

/// One librdkafka consumer and what its thread and its users share.
final class ConsumerClient: ServedClient {
    /// Something to do on the consumer's thread, or to give up when that has ended.
    struct Command: Sendable {
        let run: @Sendable (ConsumerLoop) -> Void
        let abandon: @Sendable () -> Void
    }

    private struct State {
        var commands: [Command] = []
        var isStopping = false
        var hasEnded = false
    }

    let handle: ClientHandle
    let configuration: KafkaConsumerConfiguration
    let logger: Logger
    let onEvent: (@Sendable (KafkaConsumerEvent) -> Void)?
    let buffer: RecordBuffer
    let feed: RecordFeed
    private let state = Mutex(State())

    init(
        handle: ClientHandle, configuration: KafkaConsumerConfiguration, logger: Logger,
        onEvent: (@Sendable (KafkaConsumerEvent) -> Void)?
    ) throws(KafkaError) {
        self.handle = handle
        self.configuration = configuration
        self.logger = logger
        self.onEvent = onEvent
        feed = try handle.makeRecordFeed()
        buffer = RecordBuffer(
            capacity: configuration.bufferCapacity, byteCapacity: configuration.bufferBytes,
            onRoom: handle.wake)
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Asks the thread to leave the group and end.
    func stop() {
        state.withLock { $0.isStopping = true }
        handle.wake()
    }

    /// Does something on the consumer's thread, between two events.
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable (ConsumerLoop) throws(KafkaError) -> Value
    ) async throws(KafkaError) -> Value {
        let promise = Promise<Value>()
        let command = Command(
            run: { loop in
                promise.resolve(Result { () throws(KafkaError) in try body(loop) })
            },
            abandon: { promise.resolve(.failure(.closed)) })
        let isAccepted = state.withLock { state in
            guard !state.isStopping, !state.hasEnded else { return false }
            state.commands.append(command)
            return true
        }
        guard isAccepted else { throw .closed }
        handle.wake()
        return try await promise.value()
    }

    func takeCommands() -> [Command] {
        state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    func serve() { ConsumerLoop(self).run() }

    func release() { feed.destroy() }

    func didEnd() {
        state.withLock { $0.hasEnded = true }
        for command in takeCommands() { command.abandon() }
        buffer.finish(nil)
    }
}
