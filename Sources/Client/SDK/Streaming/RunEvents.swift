// SPDX-License-Identifier: Apache-2.0

public import Model

/// A run's timeline as it happens: every event exactly once, in order, until the terminal one.
///
/// A connection that breaks, stalls or is closed early is made again and goes on after the last
/// event that was received. The sequence throws ``TlaoError`` when the server refuses (the token
/// has expired, the run isn't the caller's), or couldn't be reached for ``patience``.
public struct RunEvents: AsyncSequence, Sendable {
    /// An event of the timeline.
    public typealias Element = ProgressEvent

    /// For how long connecting is tried again before the sequence throws.
    public var patience: Duration = .seconds(300)

    let transport: Transport
    let run: RunID
    let after: Int64

    init(transport: Transport, run: RunID, after: Int64) {
        self.transport = transport
        self.run = run
        self.after = after
    }

    /// Begins to follow; the connection is made when the first event is asked for.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            RunConnection(transport: transport, run: run, after: after), patience: patience)
    }

    /// Walks along the timeline.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var connection: RunConnection
        private var retries: RetrySchedule

        init(_ connection: RunConnection, patience: Duration) {
            self.connection = connection
            retries = RetrySchedule(patience: patience)
        }

        /// Waits for the next event; nil after the terminal one.
        ///
        /// - Throws: ``TlaoError`` when the server refuses or can't be reached, `CancellationError`
        ///   when the task is cancelled.
        public mutating func next() async throws -> ProgressEvent? {
            while true {
                do {
                    let event = try await connection.next()
                    retries.succeeded()
                    return event
                } catch let interruption as RunConnection.Interruption {
                    try Task.checkCancellation()
                    try await retries.wait(after: interruption, suggestion: connection.retry)
                }
            }
        }
    }
}
