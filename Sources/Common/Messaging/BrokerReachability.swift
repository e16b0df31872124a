// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whether Kafka can be reached, as the last sign of life or of trouble had it.
///
/// A delivered message or a received record is a sign of life; librdkafka's reports of lost brokers
/// and messages that timed out are signs of trouble. Safe to ask and to tell from any thread.
public final class BrokerReachability: Sendable {
    private let reachable = Mutex(true)

    /// Creates the memory; Kafka is believed to be there until the first trouble.
    public init() {}

    /// Whether the last sign was one of life.
    public var isReachable: Bool { reachable.withLock { $0 } }

    func sawLife() { reachable.withLock { $0 = true } }

    func sawTrouble() { reachable.withLock { $0 = false } }
}
