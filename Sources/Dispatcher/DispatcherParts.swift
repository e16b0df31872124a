// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories

/// A dispatcher's loops, wired together.
struct DispatcherParts: Sendable {
    let workers: WorkerPool
    let loop: DispatchLoop
    let requests: RequestListener
    let heartbeats: HeartbeatListener
    let follower: OfferFollower
    let sweeper: Sweeper

    init(configuration: DispatcherConfiguration, dependencies: DispatcherDependencies) {
        let failures = FailureLog(logger: dependencies.logger)
        let known = KnownRuns(limit: configuration.rememberedRuns)
        let starved = StarvedWorkspaces(limit: configuration.rememberedWorkspaces)
        let offerBell = Bell()
        let source = dependencies.source
        workers = WorkerPool(timing: dependencies.timing, time: dependencies.time) {
            source.isReachable
        }
        let bells = AssignmentBells(
            publisher: dependencies.publisher, rendezvous: dependencies.rendezvous,
            workers: workers, failures: failures)
        loop = DispatchLoop(
            turns: Self.turn(
                configuration, dependencies, workers: workers, known: known, starved: starved,
                bells: bells, offerBell: offerBell, failures: failures),
            starved: starved, workers: workers, registry: dependencies.registry,
            configuration: configuration)
        requests = RequestListener(
            source: source, loop: loop, workers: workers, buffer: configuration.bufferedRecords)
        heartbeats = HeartbeatListener(
            source: source, loop: loop, workers: workers, offerBell: offerBell,
            buffer: configuration.bufferedRecords)
        follower = OfferFollower(
            runs: dependencies.runs, workers: workers, loop: loop, bell: offerBell,
            failures: failures)
        sweeper = Self.sweeper(
            configuration, dependencies, workers: workers, known: known, loop: loop, bells: bells,
            failures: failures)
    }

    private static func turn(
        _ configuration: DispatcherConfiguration, _ dependencies: DispatcherDependencies,
        workers: WorkerPool, known: KnownRuns, starved: StarvedWorkspaces,
        bells: AssignmentBells, offerBell: Bell, failures: FailureLog
    ) -> WorkspaceTurn {
        WorkspaceTurn(
            runs: dependencies.runs,
            guardrails: GuardrailCache(
                workspaces: dependencies.workspaces, configured: dependencies.guardrails,
                time: dependencies.time, limit: configuration.rememberedWorkspaces),
            registry: dependencies.registry, workers: workers, known: known, starved: starved,
            offering: Offering(
                runs: dependencies.runs, registry: dependencies.registry, workers: workers,
                known: known, bells: bells, identifiers: dependencies.identifiers,
                time: dependencies.time, timing: dependencies.timing,
                logger: dependencies.logger),
            reasons: WaitingReasons(
                runs: dependencies.runs, known: known, time: dependencies.time,
                timing: dependencies.timing),
            slotRepair: SlotRepair(
                runs: dependencies.runs, time: dependencies.time,
                interval: dependencies.timing.retryDelay,
                limit: configuration.rememberedWorkspaces, logger: dependencies.logger),
            offerBell: offerBell, failures: failures,
            waitingRunsRead: configuration.waitingRunsRead)
    }

    private static func sweeper(
        _ configuration: DispatcherConfiguration, _ dependencies: DispatcherDependencies,
        workers: WorkerPool, known: KnownRuns, loop: DispatchLoop, bells: AssignmentBells,
        failures: FailureLog
    ) -> Sweeper {
        let memory = SweepMemory(
            timing: dependencies.timing, limit: configuration.rememberedRuns)
        let announcer = Announcer(
            runs: dependencies.runs, publisher: dependencies.publisher, memory: memory,
            time: dependencies.time, patience: configuration.announcementPatience,
            limit: configuration.announcementsInFlight, failures: failures)
        let handler = DueRunHandler(
            runs: dependencies.runs, loop: loop, workers: workers, known: known, bells: bells,
            ending: RunEnding(
                runs: dependencies.runs, publisher: dependencies.publisher,
                time: dependencies.time, timing: dependencies.timing,
                logger: dependencies.logger),
            announcer: announcer, memory: memory, time: dependencies.time,
            random: dependencies.random, timing: dependencies.timing,
            logger: dependencies.logger)
        let presences = PresenceReader(
            rendezvous: dependencies.rendezvous, workers: workers, loop: loop, memory: memory,
            failures: failures, logger: dependencies.logger)
        return Sweeper(
            runs: dependencies.runs, handler: handler, presences: presences,
            announcer: announcer, memory: memory, failures: failures, time: dependencies.time,
            interval: dependencies.timing.sweepInterval, page: configuration.sweepPage,
            lanes: configuration.sweepLanes)
    }
}
