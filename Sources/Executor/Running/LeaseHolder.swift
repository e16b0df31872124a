// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
import Seams
import ServiceRuntime
import Storage
import Synchronization

/// Holds a run: renews its lease, sees what others wish for it, and ends it.
///
/// Renewals and the end go through one gate, so that they never meet each other in the table.
final class LeaseHolder: Sendable {
    private struct State {
        var run: Run
        /// When the last acknowledged renewal was begun.
        var renewedAt: Duration
        var isOver = false
    }

    private let token: String
    private let control: RunControl
    private let timeline: TimelineWriter
    private let dependencies: ExecutorDependencies
    private let logger: Logger
    private let gate = SerialGate()
    private let state: Mutex<State>

    /// How often a write that met a changed row is decided anew before the next turn.
    private static let attempts = 5

    init(
        _ claim: RunClaim, timeline: TimelineWriter, dependencies: ExecutorDependencies,
        logger: Logger
    ) {
        token = claim.token
        control = claim.control
        self.timeline = timeline
        self.dependencies = dependencies
        self.logger = logger
        state = Mutex(State(run: claim.run, renewedAt: claim.claimedAt))
    }

    /// Carries out `body` while the lease is renewed.
    ///
    /// The run is stopped as `lost` when no renewal was acknowledged for two thirds of the lease
    /// time: a sweeper may take it for dead a third later, and by then its agent must be gone.
    func held<Value: Sendable>(
        _ body: @escaping @Sendable () async -> Value
    ) async -> Value {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while await self.dependencies.time.pause(
                    for: self.dependencies.timing.leaseRenewalInterval)
                {
                    await self.renew()
                }
            }
            group.addTask { for await _ in self.control.looks { await self.renew() } }
            group.addTask { await self.watch() }
            let value = await body()
            group.cancelAll()
            return value
        }
    }

    private func watch() async {
        let patience = dependencies.timing.leaseTime * 2 / 3
        while true {
            let rest = state.withLock { $0.renewedAt } + patience - dependencies.time.elapsed
            guard rest > .zero else { break }
            guard await dependencies.time.pause(for: rest) else { return }
        }
        guard !state.withLock({ $0.isOver }) else { return }
        logger.error("Lease could not be renewed", metadata: [LogKeys.operation: "renew-lease"])
        control.stop(.lost)
    }

    // MARK: Renewing

    private func renew() async {
        await gate.pass {
            do {
                _ = try await carryOut { .renew(token: $0.token, lastSequence: $0.lastSequence) }
            } catch {
                // The next turn tries again; the watch decides when it is too late.
                logger.warning(
                    "Lease was not renewed",
                    metadata: [LogKeys.operation: "renew-lease", LogKeys.error: "\(error)"])
            }
            if state.withLock({ $0.run.cancelRequestedAt }) != nil {
                control.stop(.cancelRequested)
            }
        }
    }

    // MARK: Ending

    /// Ends the run, and answers the transition that stands in the table; nil when it is not held
    /// any more.
    ///
    /// A table that can't be reached is tried again for as long as the run is held.
    func finish(_ outcome: RunOutcome) async -> RunTransition? {
        var pause: Duration = .milliseconds(50)
        while !control.isLost, !Task.isCancelled {
            do {
                let transition = try await gate.pass {
                    try await carryOut {
                        .finish(token: $0.token, outcome, lastSequence: $0.lastSequence)
                    }
                }
                if let transition {
                    state.withLock { $0.isOver = true }
                    return transition
                }
            } catch {
                logger.warning(
                    "End could not be written",
                    metadata: [LogKeys.operation: "finish", LogKeys.error: "\(error)"])
            }
            await dependencies.time.pause(for: dependencies.random.part(of: pause))
            pause = min(pause * 2, .seconds(1))
        }
        return nil
    }

    // MARK: Deciding and storing

    private typealias Command = (_ hold: (token: String, lastSequence: Int64)) -> RunCommand

    /// Decides on the run as last seen, and anew on what stands there when that was outdated.
    ///
    /// Nil when the run is not held any more, or changed too often.
    private func carryOut(_ command: Command) async throws -> RunTransition? {
        for _ in 0..<Self.attempts {
            guard !control.isLost, !state.withLock({ $0.isOver }) else { return nil }
            let (run, begun) = (state.withLock { $0.run }, dependencies.time.elapsed)
            let transition: RunTransition
            do {
                transition = try RunLifecycle.apply(
                    command((token, timeline.lastSequence)), to: run, at: dependencies.time.now,
                    timing: dependencies.timing)
            } catch {
                lose("The run is not held any more")
                return nil
            }
            let commit = try await dependencies.runs.store(
                transition, patience: dependencies.timing.leaseRenewalInterval)
            if commit == .committed {
                state.withLock { state in
                    state.run = transition.after
                    state.renewedAt = begun
                }
                return transition
            }
            try await readAgain()
        }
        return nil
    }

    private func readAgain() async throws {
        let run = state.withLock { $0.run }
        let current = try await dependencies.runs.run(run.id, in: run.workspaceID)
        guard let current, current.status == .running, current.lease?.token == token else {
            return lose("Somebody else ended the run")
        }
        state.withLock { $0.run = current }
    }

    private func lose(_ reason: String) {
        logger.warning(
            "Hold is lost",
            metadata: [LogKeys.operation: "lease", ExecutorLogKeys.reason: "\(reason)"])
        control.stop(.lost)
    }
}
