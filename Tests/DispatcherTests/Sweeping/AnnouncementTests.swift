// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Seams
import TestSupport
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(2))) struct AnnouncementTests {
    @Test func `a run is announced until Kafka has acknowledged it, and not after`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        let id = try await bench.endedRun(at: time)
        bench.publisher.acknowledge(.refused)
        try await bench.sweep(seconds: 30, time)
        #expect(bench.announced.isEmpty)
        #expect(try await bench.run(id).dueAt != nil)
        #expect((2...5).contains(bench.publisher.acknowledgementAttempts))
        bench.publisher.acknowledge(.given)
        try await bench.sweep(seconds: 45, time)
        #expect(bench.announced.map(\.runID) == [id])
        #expect(bench.announced.first?.status == .completed)
        #expect(try await bench.run(id).dueAt == nil)
        let attempts = bench.publisher.acknowledgementAttempts
        try await bench.sweep(seconds: 60, time)
        #expect(bench.publisher.acknowledgementAttempts == attempts)
    }

    @Test func `an acknowledgement that never comes holds up no sweep`() async throws {
        let time = VirtualTime()
        let bench = try await Bench(time: time)
        let ended = try await bench.endedRun(at: time)
        bench.publisher.acknowledge(.pending)
        time.advance(by: .seconds(10))
        let announcements = await bench.app.parts.sweeper.sweep()
        #expect(announcements.map(\.id) == [ended])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await bench.app.parts.sweeper.announcer.announce(announcements[0]) }
            try await time.waitForSleepers(1)
            let waiting = try await bench.accept(in: bench.newWorkspace())
            await bench.heartbeat(count: 100)
            time.advance(by: .milliseconds(4_999))
            let second = await bench.app.parts.sweeper.sweep()
            #expect(second.isEmpty)
            time.advance(by: .milliseconds(1))
            try await group.waitForAll()
            await bench.sweep()
            #expect(bench.offered.contains(waiting))
        }
        #expect(try await bench.run(ended).dueAt != nil)
    }

    @Test func `only so many runs are announced at once`() async throws {
        let time = VirtualTime()
        var configuration = DispatcherConfiguration()
        configuration.announcementsInFlight = 2
        let bench = try await Bench(time: time, configuration: configuration)
        for _ in 0..<4 { _ = try await bench.endedRun(at: time) }
        time.advance(by: .seconds(10))
        #expect(await bench.app.parts.sweeper.sweep().count == 2)
    }
}

extension Bench {
    /// A run that a worker ended without telling anybody.
    fileprivate func endedRun(at time: VirtualTime) async throws -> RunID {
        let id = try await accept(in: newWorkspace())
        await heartbeat("w-\(id)", count: 1)
        await hear(.runRequested(id, in: try await run(id).workspaceID))
        try await claim(id)
        try await finish(id)
        return id
    }
}
