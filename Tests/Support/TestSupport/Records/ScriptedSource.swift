// SPDX-License-Identifier: Apache-2.0

public import Records
import Synchronization

/// Lets a test say what a stage hears.
public final class ScriptedSource: RecordSource {
    private struct Subscriber {
        let topics: Set<Topic>
        let continuation: AsyncStream<Record>.Continuation
    }

    private struct State {
        var subscribers: [Subscriber] = []
        var isReachable = true
        var watchers: [(topic: Topic, signal: TestSignal<Void>)] = []
    }

    private let state = Mutex(State())

    /// Creates a source that nobody listens to, and that can be reached.
    public init() {}

    /// Whether Kafka seems to be there; the test decides.
    public var isReachable: Bool {
        get { state.withLock { $0.isReachable } }
        set { state.withLock { $0.isReachable = newValue } }
    }

    /// Listens to what the test sends on `topics` from now on.
    public func records(on topics: [Topic], buffer: Int) -> AsyncStream<Record> {
        let (stream, continuation) = AsyncStream<Record>.makeStream(
            bufferingPolicy: .bufferingNewest(buffer))
        let signals = state.withLock { state in
            state.subscribers.append(Subscriber(topics: Set(topics), continuation: continuation))
            let content = state.watchers.filter { topics.contains($0.topic) }
            state.watchers.removeAll { topics.contains($0.topic) }
            return content.map(\.signal)
        }
        for signal in signals { signal.send() }
        return stream
    }

    /// Says a record to everybody who listens to `topic`.
    public func send(_ record: Record, on topic: Topic) {
        let listeners = state.withLock { state in
            state.subscribers.filter { $0.topics.contains(topic) }
        }
        for listener in listeners { listener.continuation.yield(record) }
    }

    /// Says what another stage published, on its topic; ``RecordingPublisher`` can be given this.
    public func send(_ published: PublishedRecord) {
        send(published.record, on: published.topic)
    }

    /// Waits until somebody listens to `topic`.
    ///
    /// - Throws: `DeadlineExceeded` at the limit.
    public func waitForListener(
        on topic: Topic, within limit: Duration = .seconds(20), fileID: String = #fileID,
        line: Int = #line
    ) async throws {
        let signal: TestSignal<Void>? = state.withLock { state in
            if state.subscribers.contains(where: { $0.topics.contains(topic) }) { return nil }
            let signal = TestSignal<Void>()
            state.watchers.append((topic, signal))
            return signal
        }
        try await signal?.next(
            within: limit, "a listener on \(topic)", fileID: fileID, line: line)
    }

    /// Ends everybody's sequence, as a source that is shut down does.
    public func finish() {
        let listeners = state.withLock { state in
            defer { state.subscribers = [] }
            return state.subscribers
        }
        for listener in listeners { listener.continuation.finish() }
    }
}
