// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
import ServiceRuntime

/// Reads what became of this dispatcher's offers, so that the places set aside for them are given
/// back in time.
///
/// A worker doesn't say what it claimed; the runs' rows do, and reading them can't miss it.
struct OfferFollower: Sendable {
    let runs: RunStore
    let workers: WorkerPool
    let loop: DispatchLoop
    let bell: Bell
    let failures: FailureLog

    /// Looks whenever the bell rings, until the task is cancelled.
    func run() async {
        for await _ in bell.rings { await look() }
    }

    /// Reads the run of each open offer.
    func look() async {
        var madeRoom = false
        for offer in workers.openOffers {
            do {
                let run = try await runs.run(offer.run, in: offer.workspace)
                if workers.settle(offer, by: run) { madeRoom = true }
                failures.succeeded("follow")
            } catch {
                failures.failed("follow", error, [LogKeys.runID: "\(offer.run)"])
                return
            }
        }
        if madeRoom { loop.wakeServable() }
    }
}
