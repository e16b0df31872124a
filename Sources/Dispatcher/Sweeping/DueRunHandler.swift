// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Repositories
import Seams
import ServiceRuntime

/// Handles one due run: reads it, decides, does what was decided.
struct DueRunHandler: Sendable {
    let runs: RunStore
    let loop: DispatchLoop
    let workers: WorkerPool
    let known: KnownRuns
    let bells: AssignmentBells
    let ending: RunEnding
    let announcer: Announcer
    let memory: SweepMemory
    let time: any TimeSource
    let random: any RandomSource
    let timing: PipelineTiming
    let logger: Logger

    /// Handles a run; answers it when it has ended and is to be announced.
    ///
    /// A run that can't be handled is left for later, and keeps nobody from being handled.
    func handle(_ id: RunID, in workspace: WorkspaceID) async -> Run? {
        guard memory.mayHandle(id, at: time.elapsed) else { return nil }
        var run: Run?
        do {
            run = try await runs.run(id, in: workspace)
            guard let run else {
                memory.forget(id)
                return nil
            }
            let decision = decide(on: run)
            let ended = try await perform(decision, on: run)
            // An announcement has only begun: its own end says how it went.
            if decision != .announce { memory.succeeded(id) }
            return ended
        } catch {
            await failed(id, in: workspace, run, error)
            return nil
        }
    }

    private func decide(on run: Run) -> SweepDecision {
        let moment = RunWatch.Moment(now: time.now, elapsed: time.elapsed)
        let (decision, isNewHolder) = memory.look(
            at: run, moment, isBrokerSuspect: workers.brokerState.isSuspect)
        if isNewHolder, let lease = run.lease, let assignment = run.assignment {
            workers.claimed(assignment.id, by: lease.owner, run: run.id)
        }
        return decision
    }

    private func perform(_ decision: SweepDecision, on run: Run) async throws -> Run? {
        switch decision {
        case .nothing: return nil
        case .lookAgain(let time): _ = try await runs.lookAgain(at: run, when: time)
        case .wake(let time): try await wake(run, time)
        case .ringAgain(let assignment, let time):
            await bells.ring(assignment, of: run)
            _ = try await runs.lookAgain(at: run, when: time)
        case .takeBack(let assignment): try await takeBack(assignment, run)
        case .announce: return try await announce(run)
        case .expire(let lease): return ended(try await ending.expire(lease, of: run))
        case .overrun(let lease): return ended(try await ending.overrun(lease, of: run))
        }
        return nil
    }

    private func wake(_ run: Run, _ lookAgain: Timestamp) async throws {
        known.remember(run)
        loop.wake(run.workspaceID)
        // Those that became due together shall not do so for ever.
        let spread = random.part(of: lookAgain.duration(since: time.now) / 8)
        _ = try await runs.lookAgain(at: run, when: lookAgain.advanced(by: spread))
    }

    private func takeBack(_ assignment: Assignment, _ run: Run) async throws {
        let isWayOpen = workers.brokerState.channel != .closed
        let isTaken = try await ending.takeBack(
            assignment, of: run, because: isWayOpen ? .noWorkerOnline : .brokerUnreachable)
        guard isTaken else { return }
        workers.lapsed(assignment, of: run.id, isWorkersFault: isWayOpen)
        loop.wake(run.workspaceID)
    }

    private func ended(_ run: Run?) -> Run? {
        guard let run else { return nil }
        workers.ended(run.id)
        loop.wake(run.workspaceID)
        return announcer.begin(run.id) ? run : nil
    }

    /// Moves the run's time on first, so that other sweepers leave the announcement to this one.
    private func announce(_ run: Run) async throws -> Run? {
        var run = run
        let later = time.now.advanced(by: timing.retryDelay)
        guard try await runs.lookAgain(at: run, when: later) else { return nil }
        run.dueAt = later
        return announcer.begin(run.id) ? run : nil
    }

    /// Moves the time at which the run is looked at again, where that can be done at all.
    private func failed(
        _ id: RunID, in workspace: WorkspaceID, _ run: Run?, _ error: any Error
    ) async {
        guard !Task.isCancelled else { return }
        let (delay, isFirst) = memory.failed(id, at: time.elapsed)
        logger.log(
            level: isFirst ? .error : .debug, "Due run could not be handled",
            metadata: [
                LogKeys.operation: "sweep", LogKeys.runID: "\(id)",
                LogKeys.workspaceID: "\(workspace)", LogKeys.error: "\(error)",
            ])
        guard let run else { return }
        do {
            _ = try await runs.lookAgain(at: run, when: time.now.advanced(by: delay))
        } catch {
            logger.debug(
                "Due run could not be put off",
                metadata: [
                    LogKeys.operation: "sweep", LogKeys.runID: "\(id)",
                    LogKeys.workspaceID: "\(workspace)", LogKeys.error: "\(error)",
                ])
        }
    }
}
