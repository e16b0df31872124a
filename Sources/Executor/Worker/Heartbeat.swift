// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import ServiceRuntime
import Synchronization

/// Says that the worker is there, on Kafka; while that can't carry it, in the table.
final class Heartbeat: Sendable {
    private struct State {
        var count: Int64 = 0
        var carriedAt: Duration
        var isMeeting = false
    }

    private let workerID: String
    private let desk: WorkerDesk
    private let served: ServedExecutors
    private let dependencies: ExecutorDependencies
    private let state: Mutex<State>

    /// How often the bells in the table are looked at while Kafka is away.
    private static let bellInterval: Duration = .seconds(1)

    init(
        workerID: String, desk: WorkerDesk, served: ServedExecutors,
        dependencies: ExecutorDependencies
    ) {
        self.workerID = workerID
        self.desk = desk
        self.served = served
        self.dependencies = dependencies
        state = Mutex(State(carriedAt: dependencies.time.elapsed))
    }

    /// Beats at once, then in the configured rhythm and after each change of the slots, until the
    /// task is cancelled.
    ///
    /// Changes in quick succession are one beat.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            let (beats, wake) = AsyncStream.makeStream(
                of: Void.self, bufferingPolicy: .bufferingNewest(1))
            group.addTask {
                repeat {
                    wake.yield()
                } while await self.dependencies.time.pause(
                    for: self.dependencies.timing.heartbeatInterval)
            }
            group.addTask { for await _ in self.desk.changes { wake.yield() } }
            group.addTask { await self.answerBells() }
            for await _ in beats { await beat() }
        }
    }

    /// Takes the presence out of the table, where there is one.
    func leave() async {
        guard state.withLock({ $0.isMeeting }) else { return }
        do {
            try await dependencies.rendezvous.leave(workerID)
            state.withLock { $0.isMeeting = false }
        } catch {
            // It expires by itself, and a presence whose count doesn't rise is no sign of life.
            log("Presence could not be withdrawn", error)
        }
    }

    private func beat() async {
        let heartbeat = next()
        let wasCarried = await publish(heartbeat)
        let now = dependencies.time.elapsed
        if wasCarried, dependencies.source.isReachable {
            state.withLock { $0.carriedAt = now }
            await leave()
        } else if now - state.withLock({ $0.carriedAt }) >= dependencies.timing.brokerPatience {
            await present(heartbeat)
        }
    }

    private func next() -> WorkerHeartbeat {
        let count = state.withLock { state in
            state.count += 1
            return state.count
        }
        let availability = desk.availability
        return WorkerHeartbeat(
            workerID: workerID, count: count, slots: desk.slots,
            freeSlots: availability.isDraining ? 0 : availability.free,
            executorNames: served.records.map(\.executorName), draining: availability.isDraining)
    }

    /// Whether Kafka acknowledged it before the next one is due.
    private func publish(_ heartbeat: WorkerHeartbeat) async -> Bool {
        let wasCarried = Mutex(false)
        await dependencies.time.limited(to: dependencies.timing.heartbeatInterval) {
            do {
                try await self.dependencies.publisher.publishAcknowledged(
                    .heartbeat(heartbeat), on: .executorHeartbeats)
                wasCarried.withLock { $0 = true }
            } catch {
                self.dependencies.logger.debug(
                    "Heartbeat was not carried", metadata: [LogKeys.error: "\(error)"])
            }
        }
        return wasCarried.withLock { $0 }
    }

    // MARK: While Kafka is away

    private func present(_ heartbeat: WorkerHeartbeat) async {
        let expiry = dependencies.time.now.advanced(by: dependencies.timing.heartbeatExpiry * 6)
        do {
            try await dependencies.rendezvous.present(heartbeat, expiresAt: expiry)
            let isNew = state.withLock { state in
                defer { state.isMeeting = true }
                return !state.isMeeting
            }
            if isNew { dependencies.logger.warning("Kafka is away: presence goes to the table") }
        } catch {
            log("Presence could not be written", error)
        }
    }

    private func answerBells() async {
        repeat {
            guard state.withLock({ $0.isMeeting }) else { continue }
            do {
                for bell in try await dependencies.rendezvous.bells(of: workerID) {
                    desk.ring(WorkerDesk.Bell(run: bell.run, workspace: bell.workspace))
                    // Taken away before the run is claimed: should this worker die in between, the
                    // assignment is taken back like any other that nobody claimed.
                    try await dependencies.rendezvous.answered(workerID, bell.run)
                }
            } catch {
                log("Bells could not be read", error)
            }
        } while await dependencies.time.pause(for: Self.bellInterval)
    }

    private func log(_ message: Logger.Message, _ error: any Error) {
        dependencies.logger.warning(
            message, metadata: [LogKeys.operation: "heartbeat", LogKeys.error: "\(error)"])
    }
}
