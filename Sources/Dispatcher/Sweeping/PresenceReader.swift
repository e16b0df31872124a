// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
import ServiceRuntime
import Synchronization

/// Follows, once a sweep, who is there: asks the table while Kafka is silent, and wakes those who
/// wait for a worker when that changes.
///
/// Safe from any task.
final class PresenceReader: Sendable {
    private struct Seen: Equatable {
        var broker: BrokerState
        var workers: [String]
    }

    private let rendezvous: WorkerRendezvous
    private let workers: WorkerPool
    private let loop: DispatchLoop
    private let memory: SweepMemory
    private let failures: FailureLog
    private let logger: Logger
    private let lastSeen = Mutex<Seen?>(nil)

    /// Creates a reader that has seen nothing.
    init(
        rendezvous: WorkerRendezvous, workers: WorkerPool, loop: DispatchLoop,
        memory: SweepMemory, failures: FailureLog, logger: Logger
    ) {
        self.rendezvous = rendezvous
        self.workers = workers
        self.loop = loop
        self.memory = memory
        self.failures = failures
        self.logger = logger
    }

    /// Looks who is there.
    func look() async {
        if workers.brokerState.channel == .table {
            await askTable()
        } else {
            workers.forgetPresences()
        }
        noticeChanges()
    }

    private func askTable() async {
        do {
            if workers.met(try await rendezvous.presences()) { loop.wakeServable() }
            failures.succeeded("rendezvous")
        } catch {
            failures.failed("rendezvous", error)
        }
    }

    /// Whoever waits says truly why, and is looked at soon again.
    private func noticeChanges() {
        let seen = Seen(broker: workers.brokerState, workers: workers.workersOnline)
        let before = lastSeen.withLock { lastSeen in
            defer { lastSeen = seen }
            return lastSeen
        }
        guard seen != before else { return }
        memory.forgetWaits()
        loop.wakeStarved()
        guard before?.broker.isSuspect ?? false != seen.broker.isSuspect else { return }
        if seen.broker.isSuspect {
            logger.warning("Kafka is silent: nothing is assigned by it")
        } else {
            logger.info("Kafka carries heartbeats again")
        }
    }
}
