// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Records
import Repositories
import Seams
import ServiceRuntime
import Storage

/// Answers the offers made to this worker: claims a run, or hands it back at once.
struct RunClaims {
    let workerID: String
    let desk: WorkerDesk
    let served: ServedExecutors
    let dependencies: ExecutorDependencies

    /// Looks at a run that may be offered to this worker.
    ///
    /// Nil when it isn't, or not any more, or was handed back.
    ///
    /// A claim that was answered is on the desk, and its receiver takes it from there.
    func answer(_ bell: WorkerDesk.Bell) async -> RunClaim? {
        do {
            guard let run = try await dependencies.runs.run(bell.run, in: bell.workspace),
                run.status == .queued, let offer = run.assignment, offer.workerID == workerID
            else { return nil }
            switch desk.take(run.id) {
            case .present: return nil
            case .full, .draining: try await handBack(run, offer, because: .workersBusy)
            case .taken(let control): return try await claim(run, offer, control)
            }
        } catch {
            dependencies.logger.warning(
                "Offer could not be answered",
                metadata: [
                    LogKeys.operation: "claim", LogKeys.runID: "\(bell.run)",
                    LogKeys.workspaceID: "\(bell.workspace)", LogKeys.error: "\(error)",
                ])
        }
        return nil
    }

    // MARK: Claiming

    private func claim(
        _ run: Run, _ offer: Assignment, _ control: RunControl
    ) async throws -> RunClaim? {
        do {
            guard let executor = try await served.record(named: offer.executorName) else {
                desk.release(run.id)
                try await handBack(run, offer, because: .noWorkerOnline)
                return nil
            }
            let claim = try await hold(run, offer, executor, control)
            if claim == nil { desk.release(run.id) }
            return claim
        } catch {
            desk.release(run.id)
            throw error
        }
    }

    private func hold(
        _ run: Run, _ offer: Assignment, _ executor: ExecutorRecord, _ control: RunControl
    ) async throws -> RunClaim? {
        let claimedAt = dependencies.time.elapsed
        let lease = Lease(token: dependencies.identifiers.mark(), owner: workerID)
        let transition: RunTransition
        do {
            transition = try RunLifecycle.apply(
                .claim(offer.id, lease), to: run, at: dependencies.time.now,
                timing: dependencies.timing)
        } catch {
            return nil
        }
        guard let held = try await store(transition, token: lease.token) else { return nil }
        for event in transition.events {
            dependencies.publisher.publish(
                .runProgressed(event, in: run.workspaceID), on: .runEvents)
        }
        return RunClaim(
            run: held, token: lease.token, executor: executor, control: control,
            claimedAt: claimedAt)
    }

    /// The run as it is when the claim holds; nil when it doesn't.
    ///
    /// An answer that was lost or is doubtful is resolved by reading whose token stands there.
    private func store(_ transition: RunTransition, token: String) async throws -> Run? {
        var failure: TableError?
        do throws(TableError) {
            if try await dependencies.runs.store(transition) == .committed {
                return transition.after
            }
        } catch {
            failure = error
        }
        let run = transition.after
        let current = try await dependencies.runs.run(run.id, in: run.workspaceID)
        if let current, current.lease?.token == token { return current }
        if let failure { throw failure }
        return nil
    }

    // MARK: Handing back

    /// Puts the run back in the queue, so that the dispatcher can choose another worker at once.
    private func handBack(
        _ run: Run, _ offer: Assignment, because reason: WaitingReason
    ) async throws {
        let transition: RunTransition
        do {
            transition = try RunLifecycle.apply(
                .takeBack(offer.id, because: reason), to: run, at: dependencies.time.now,
                timing: dependencies.timing)
        } catch {
            return
        }
        guard try await dependencies.runs.store(transition) == .committed else { return }
        for event in transition.events {
            dependencies.publisher.publish(
                .runProgressed(event, in: run.workspaceID), on: .runEvents)
        }
        dependencies.publisher.publish(
            .runRequested(run.id, in: run.workspaceID), on: .runRequests)
        dependencies.logger.info(
            "Run handed back",
            metadata: [
                LogKeys.operation: "hand-back", LogKeys.runID: "\(run.id)",
                LogKeys.workspaceID: "\(run.workspaceID)", LogKeys.assignmentID: "\(offer.id)",
                ExecutorLogKeys.reason: "\(reason.rawValue)",
            ])
    }
}
