// SPDX-License-Identifier: Apache-2.0

/// When to connect again: soon at first, then less and less often, with jitter, until patience is
/// over.
struct RetrySchedule {
    private static let firstPause: Duration = .milliseconds(100)
    private static let longestPause: Duration = .seconds(5)

    private let patience: Duration
    private var pause = Self.firstPause
    private var failingSince: ContinuousClock.Instant?

    init(patience: Duration) {
        self.patience = patience
    }

    /// Takes note that an event was received.
    mutating func succeeded() {
        pause = Self.firstPause
        failingSince = nil
    }

    /// Waits for the next attempt.
    ///
    /// The first attempt after a success comes quickly, whatever the server suggests; from the
    /// second on its suggestion is the least, and so is what it says when it refuses.
    ///
    /// - Throws: The interruption's cause once patience is over, `CancellationError` when the task
    ///   is cancelled.
    mutating func wait(after interruption: RunConnection.Interruption, suggestion: Duration?)
        async throws
    {
        let now = ContinuousClock.now
        let start = failingSince ?? now
        guard now - start < patience else { throw interruption.cause }
        var least = pause
        if failingSince != nil, let suggestion {
            least = max(least, min(suggestion, Self.longestPause))
        }
        if let seconds = interruption.cause.retryAfter {
            least = max(least, .seconds(min(seconds, 60)))
        }
        failingSince = start
        pause = min(pause * 2, Self.longestPause)
        try await ContinuousClock().sleep(for: least * Double.random(in: 0.75...1.25))
    }
}
