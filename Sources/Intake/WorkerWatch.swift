// SPDX-License-Identifier: Apache-2.0

import Model
import Seams
import Synchronization

/// What Intake knows of the workers, from their heartbeats; for showing, never for deciding.
final class WorkerWatch: Sendable {
    private let time: any TimeSource
    private let roster: Mutex<WorkerRoster>

    init(time: any TimeSource, timing: PipelineTiming) {
        self.time = time
        roster = Mutex(WorkerRoster(timing: timing))
    }

    func heard(_ heartbeat: WorkerHeartbeat) {
        roster.withLock { _ = $0.heard(heartbeat, at: time.elapsed, wallTime: time.now) }
    }

    func presence(of executorName: String) -> ExecutorPresence {
        roster.withLock { $0.presence(of: executorName, at: time.elapsed) }
    }
}
