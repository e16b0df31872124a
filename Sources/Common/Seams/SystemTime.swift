// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
public import Model

/// The machine's own clocks.
public struct SystemTime: TimeSource {
    private let origin = ContinuousClock.now

    /// Creates the time source; ``elapsed`` counts from here.
    public init() {}

    /// The wall clock's time.
    public var now: Timestamp {
        Timestamp(milliseconds: Int64((Date.now.timeIntervalSince1970 * 1_000).rounded(.down)))
    }

    /// The time since this value was created.
    public var elapsed: Duration { origin.duration(to: .now) }

    /// Waits on the continuous clock.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    public func sleep(for duration: Duration) async throws {
        try await ContinuousClock().sleep(for: duration)
    }
}
