// SPDX-License-Identifier: Apache-2.0

import Records

/// Hears that runs are to be stopped, and has those that are executed here looked at at once.
///
/// What is heard decides nothing: the wish itself stands in the run's row, and each renewal of the
/// lease sees it there.
struct ControlListener {
    let desk: WorkerDesk
    let source: any RecordSource

    /// Listens until the task is cancelled.
    func run() async {
        for await record in source.records(on: [.runControl], buffer: 1_024) {
            guard case .cancelRun(let run, _) = record else { continue }
            desk.control(of: run)?.look()
        }
    }
}
