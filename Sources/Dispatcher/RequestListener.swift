// SPDX-License-Identifier: Apache-2.0

import Records

/// Hears that runs were requested or have ended, and wakes their workspaces.
struct RequestListener: Sendable {
    let source: any RecordSource
    let loop: DispatchLoop
    let workers: WorkerPool
    let buffer: Int

    /// Listens until the source ends or the task is cancelled.
    func run() async {
        for await record in source.records(on: [.runRequests], buffer: buffer) { hear(record) }
    }

    /// Reacts to one record.
    func hear(_ record: Record) {
        switch record {
        case .runRequested(_, let workspace): loop.wake(workspace)
        case .runEnded(let run, let workspace):
            let madeRoom = workers.ended(run)
            loop.wake(workspace)
            if madeRoom { loop.wakeServable() }
        case .runAssigned, .cancelRun, .heartbeat, .runProgressed: break
        }
    }
}
