// SPDX-License-Identifier: Apache-2.0

public import Records
import Synchronization

/// Keeps what a stage says, in order, and tells the test of each.
public final class RecordingPublisher: RecordPublisher {
    /// How an acknowledgement comes out.
    public enum Acknowledgement: Sendable {
        /// Kafka has the record.
        case given
        /// It never comes: the record is not kept, ``Refused`` is thrown.
        case refused
        /// It never comes, and nobody says so: the caller hangs until it is cancelled.
        case pending
    }

    /// The error of an acknowledgement that was refused.
    public struct Refused: Error {
        /// Creates the error.
        public init() {}
    }

    /// Receives each record as it is said.
    public let said = TestSignal<PublishedRecord>()

    private struct State {
        var records: [PublishedRecord] = []
        var acknowledgement = Acknowledgement.given
        var attempts = 0
    }

    private let state = Mutex(State())
    private let onRecord: @Sendable (PublishedRecord) -> Void

    /// Creates a publisher that has heard nothing; `onRecord` passes on what is said, for example to a
    /// ``ScriptedSource``.
    public init(onRecord: @escaping @Sendable (PublishedRecord) -> Void = { _ in }) {
        self.onRecord = onRecord
    }

    /// Everything said so far, in order.
    public var published: [PublishedRecord] { state.withLock { $0.records } }

    /// The records said so far on `topic`, in order.
    public func records(on topic: Topic) -> [Record] {
        published.filter { $0.topic == topic }.map(\.record)
    }

    /// How often an acknowledgement was asked for, however it came out.
    public var acknowledgementAttempts: Int { state.withLock { $0.attempts } }

    /// Decides how acknowledgements come out from now on.
    public func acknowledge(_ acknowledgement: Acknowledgement) {
        state.withLock { $0.acknowledgement = acknowledgement }
    }

    /// Forgets what was said so far; the signal keeps it.
    public func clear() {
        state.withLock { $0.records = [] }
    }

    /// Keeps the record.
    public func publish(_ record: Record, on topic: Topic) {
        keep(PublishedRecord(record, on: topic))
    }

    /// Keeps the record and acknowledges it as the test wants.
    ///
    /// - Throws: ``Refused``, or `CancellationError` when the task is cancelled while it hangs.
    public func publishAcknowledged(_ record: Record, on topic: Topic) async throws {
        let acknowledgement = state.withLock { state in
            state.attempts += 1
            return state.acknowledgement
        }
        switch acknowledgement {
        case .given: keep(PublishedRecord(record, on: topic, isAcknowledged: true))
        case .refused: throw Refused()
        case .pending:
            let (never, continuation) = AsyncStream<Void>.makeStream()
            for await _ in never {}
            continuation.finish()
            throw CancellationError()
        }
    }

    private func keep(_ record: PublishedRecord) {
        state.withLock { $0.records.append(record) }
        onRecord(record)
        said.send(record)
    }
}
