// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
public import NIOCore
import Records
import Seams
public import ServiceLifecycle

/// Stage 4: fans the events of runs out to the clients that follow them.
///
/// It lives in the channels of an HTTP server: ``makeChannelHandler()`` makes what each connection
/// needs, and answers `GET /runs/{id}/stream` there; all other requests pass it by.
public struct NotifierApp: Service {
    private let dependencies: NotifierDependencies
    private let configuration: NotifierConfiguration
    let fanout: Fanout
    private let work: WorkQueue
    private let timeline: TimelineReader

    var identifiers: any IdentifierSource { dependencies.identifiers }

    /// Creates the stage; nothing happens before ``run()``.
    public init(
        dependencies: NotifierDependencies,
        configuration: NotifierConfiguration = NotifierConfiguration()
    ) {
        self.dependencies = dependencies
        self.configuration = configuration
        fanout = Fanout(framesPerRun: configuration.framesPerRun)
        work = WorkQueue()
        timeline = TimelineReader(runs: dependencies.runs, pageSize: configuration.pageSize)
    }

    /// Makes the handler of one connection; it goes between the HTTP codec and the server's own
    /// handler.
    public func makeChannelHandler() -> any RemovableChannelHandler {
        StreamChannelHandler(
            services: StreamServices(
                admission: StreamAdmission(dependencies: dependencies), fanout: fanout, work: work,
                timeline: timeline, time: dependencies.time,
                keepaliveInterval: configuration.keepaliveInterval, logger: dependencies.logger))
    }

    /// Fans out until the task is cancelled or the process shuts down gracefully.
    public func run() async throws {
        let events = dependencies.source.records(
            on: [.runEvents], buffer: configuration.eventBuffer)
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.fanOut(events) }
                group.addTask { await self.tick() }
                group.addTask { await self.work.run(width: self.configuration.concurrentReads) }
                await group.waitForAll()
            }
        }
        fanout.closeAll()
    }

    private func fanOut(_ events: AsyncStream<Record>) async {
        for await record in events {
            guard case .runProgressed(let event, _) = record else { continue }
            guard let feed = fanout.feed(of: event.runID) else { continue }
            guard let frame = Frame(event) else { continue }
            if feed.append(frame, at: dependencies.time.elapsed) == .gap { fill(feed) }
        }
    }

    /// Looks, again and again, for feeds that fell silent and streams that have to say something.
    private func tick() async {
        while !Task.isCancelled {
            do { try await dependencies.time.sleep(for: configuration.tickInterval) } catch {
                return
            }
            let now = dependencies.time.elapsed
            for feed in fanout.feeds {
                if feed.isSilent(since: now - configuration.silence) { fill(feed) }
                feed.tick()
            }
        }
    }

    /// Reads what a feed lacks from the table, once for all its subscribers.
    private func fill(_ feed: RunFeed) {
        guard let after = feed.beginFill() else { return }
        work.add { [dependencies, timeline] in
            do {
                let page = try await timeline.frames(of: feed.run, after: after)
                let isBehind = feed.endFill(
                    page.frames, isComplete: page.isComplete, at: dependencies.time.elapsed)
                if isBehind { fill(feed) }
            } catch {
                feed.abandonFill(at: dependencies.time.elapsed)
                dependencies.logger.warning(
                    "Timeline not read", metadata: ["runId": "\(feed.run)", "error": "\(error)"])
            }
        }
    }
}
