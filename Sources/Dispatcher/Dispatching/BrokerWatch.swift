// SPDX-License-Identifier: Apache-2.0

import Model

/// Tells a silent Kafka from absent workers, by the heartbeats that Kafka brought.
///
/// Pure; times are those of the caller's monotonic clock.
struct BrokerWatch: Sendable {
    private let timing: PipelineTiming
    private let startedAt: Duration
    private var lastHeardAt: Duration?

    /// Starts to watch.
    init(timing: PipelineTiming, at now: Duration) {
        self.timing = timing
        startedAt = now
    }

    /// Takes note that Kafka brought a heartbeat.
    mutating func heard(at now: Duration) {
        lastHeardAt = max(lastHeardAt ?? now, now)
    }

    /// How things stand.
    ///
    /// Kafka is the suspect while it can't be reached, and when all workers fell silent at once. Ten
    /// times the expiry later the workers are taken to have left, if Kafka can be reached. After the
    /// broker patience without any heartbeat the table is asked, whoever is to blame.
    func state(isReachable: Bool, at now: Duration) -> BrokerState {
        let silence = now - (lastHeardAt ?? startedAt)
        let fellSilent =
            lastHeardAt != nil && silence >= timing.heartbeatExpiry
            && silence < timing.heartbeatExpiry * 10
        let isSuspect = !isReachable || fellSilent
        if silence >= timing.brokerPatience {
            return BrokerState(channel: .table, isSuspect: isSuspect)
        }
        return BrokerState(channel: isSuspect ? .closed : .kafka, isSuspect: isSuspect)
    }
}
