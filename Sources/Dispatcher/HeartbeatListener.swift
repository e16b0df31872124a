// SPDX-License-Identifier: Apache-2.0

import Model
import Records

/// Hears which workers are there, and wakes the workspaces that waited for one.
struct HeartbeatListener: Sendable {
    let source: any RecordSource
    let loop: DispatchLoop
    let workers: WorkerPool
    let offerBell: Bell
    let buffer: Int

    /// Listens until the source ends or the task is cancelled.
    func run() async {
        for await record in source.records(on: [.executorHeartbeats], buffer: buffer) {
            hear(record)
        }
    }

    /// Reacts to one record.
    func hear(_ record: Record) {
        guard case .heartbeat(let heartbeat) = record, workers.heard(heartbeat) else { return }
        loop.wakeServable()
        if workers.hasOpenOffers(to: heartbeat.workerID) { offerBell.ring() }
    }
}
