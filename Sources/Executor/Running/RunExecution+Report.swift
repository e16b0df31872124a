// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import ServiceRuntime

extension RunExecution {
    /// Carries out `body`, and stops the run when its time is over, counted from the claim.
    func withinTimeLimit(
        _ body: @escaping @Sendable () async -> RunTransition?
    ) async -> RunTransition? {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let end = claim.claimedAt + .seconds(run.timeLimitSeconds)
                let rest = end - dependencies.time.elapsed
                if await dependencies.time.pause(for: max(.zero, rest)) {
                    control.stop(.timeLimit)
                }
            }
            defer { group.cancelAll() }
            return await body()
        }
    }

    /// Tells the dispatchers that the slot is free.
    func ring(_ ended: RunTransition) {
        dependencies.publisher.publish(
            .runEnded(run.id, in: run.workspaceID), on: .runRequests)
        for event in ended.events.dropLast() {
            dependencies.publisher.publish(
                .runProgressed(event, in: run.workspaceID), on: .runEvents)
        }
    }

    /// Publishes the last event, and takes the run out of the sweepers' sight once Kafka has it.
    ///
    /// Not acknowledged in time, it is left to them: they publish it until it is.
    func report(_ ended: RunTransition?) async {
        guard let ended, let last = ended.events.last else {
            return logger.warning(
                "Run was given up",
                metadata: [
                    LogKeys.operation: "execute",
                    ExecutorLogKeys.reason: "\(control.isLost ? "lost" : "cancelled")",
                ])
        }
        logger.info(
            "Run ended",
            metadata: [
                LogKeys.operation: "execute", LogKeys.status: "\(ended.after.status.rawValue)",
            ])
        await dependencies.time.limited(to: configuration.announcementPatience) {
            do {
                try await dependencies.publisher.publishAcknowledged(
                    .runProgressed(last, in: run.workspaceID), on: .runEvents)
                _ = try await dependencies.runs.announced(run.id, in: run.workspaceID)
            } catch {
                logger.info(
                    "The last event is left to the sweepers",
                    metadata: [LogKeys.operation: "announce", LogKeys.error: "\(error)"])
            }
        }
    }
}
