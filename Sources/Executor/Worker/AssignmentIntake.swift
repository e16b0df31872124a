// SPDX-License-Identifier: Apache-2.0

import Logging
import Records
import Seams
import ServiceRuntime

/// Hears which runs are offered to this worker, on the topics of all executors it serves.
struct AssignmentIntake {
    let workerID: String
    let desk: WorkerDesk
    let served: ServedExecutors
    let dependencies: ExecutorDependencies

    /// How many records are kept for a moment of hurry.
    private static let buffer = 1_024
    /// How often the registry is compared with the topics that are listened to.
    private static let interval: Duration = .seconds(1)

    /// Listens until the task is cancelled.
    ///
    /// A topic once listened to stays: it may be used again.
    func run() async {
        await withDiscardingTaskGroup { group in
            var known: Set<Topic> = []
            repeat {
                let new = served.topics.subtracting(known)
                guard !new.isEmpty else { continue }
                known.formUnion(new)
                let records = dependencies.source.records(on: Array(new), buffer: Self.buffer)
                group.addTask { await listen(to: records) }
                dependencies.logger.info(
                    "Listening for assignments", metadata: [LogKeys.topic: "\(new)"])
            } while await dependencies.time.pause(for: Self.interval)
        }
    }

    private func listen(to records: AsyncStream<Record>) async {
        for await record in records {
            guard case .runAssigned(let run, let workspace, _, workerID) = record else { continue }
            desk.ring(WorkerDesk.Bell(run: run, workspace: workspace))
        }
    }
}
