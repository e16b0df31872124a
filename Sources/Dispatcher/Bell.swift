// SPDX-License-Identifier: Apache-2.0

/// Wakes one loop; rung often before it is heard, it is heard once.
struct Bell: Sendable {
    /// What the one loop iterates.
    let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// Creates a bell that wasn't rung.
    init() {
        (rings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Rings; never waits.
    func ring() { continuation.yield() }
}
