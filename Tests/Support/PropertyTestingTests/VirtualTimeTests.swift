// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct VirtualTimeTests {
    @Test func `sleepers wake in the order of their times`() async throws {
        let time = VirtualTime()
        let woken = TestSignal<Int>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seconds in [3, 1, 2] {
                group.addTask {
                    try await time.sleep(for: .seconds(seconds))
                    woken.send(seconds)
                }
            }
            try await time.waitForSleepers(3)
            time.advance(by: .seconds(1))
            #expect(try await woken.next() == 1)
            #expect(time.sleeperCount == 2)
            time.advance(by: .milliseconds(999))
            #expect(time.sleeperCount == 2)
            time.advance(by: .milliseconds(1))
            #expect(try await woken.next() == 2)
            time.advance(by: .seconds(1))
            #expect(try await woken.next() == 3)
            try await group.waitForAll()
        }
        #expect(time.elapsed == .seconds(3))
    }

    @Test func `a cancelled sleeper wakes at once`() async throws {
        let time = VirtualTime()
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await time.sleep(for: .seconds(1))
                    return false
                } catch {
                    return true
                }
            }
            group.cancelAll()
            #expect(await group.next() == true)
        }
        #expect(time.sleeperCount == 0)
    }

    @Test func `a jump of the wall clock wakes nobody and is no time passed`() async throws {
        let time = VirtualTime()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await time.sleep(for: .seconds(60)) }
            try await time.waitForSleepers(1)
            time.jumpWallClock(by: .seconds(3_600))
            #expect(time.sleeperCount == 1)
            #expect(time.elapsed == .zero)
            time.advance(by: .seconds(60))
            try await group.waitForAll()
        }
    }
}
