// SPDX-License-Identifier: Apache-2.0

public import Model

/// The only way a stage learns the time or waits: real in production, virtual in a simulation.
public protocol TimeSource: Sendable {
    /// The wall clock's time; what is recorded and shown.
    ///
    /// May jump.
    var now: Timestamp { get }

    /// The time since an arbitrary origin on a clock that never jumps; what durations are measured
    /// with.
    var elapsed: Duration { get }

    /// Waits for `duration`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws
}
