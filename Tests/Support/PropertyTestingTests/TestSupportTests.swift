// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TestSupportTests {
    @Test func `a temporary folder is there for the body and gone afterwards`() async throws {
        let path = try await withTemporaryDirectory { path in
            try Data("x".utf8).write(to: URL(filePath: path).appending(path: "file"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["file"])
            return path
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a temporary folder is gone after the body has failed`() async {
        var used = ""
        await #expect(throws: CancellationError.self) {
            try await withTemporaryDirectory { path in
                used = path
                throw CancellationError()
            }
        }
        #expect(!used.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: used))
    }

    @Test func `values sent before anybody waits are kept in order`() async throws {
        let signal = TestSignal<Int>()
        signal.send(1)
        signal.send(2)
        #expect(try await signal.next(2) == [1, 2])
        #expect(signal.pending.isEmpty)
    }

    @Test func `a value sent while somebody waits reaches the waiter`() async throws {
        let signal = TestSignal<String>()
        async let received = signal.next()
        signal.send("here")
        #expect(try await received == "here")
    }

    @Test func `waiting for a signal ends at the limit and loses no later value`() async throws {
        let signal = TestSignal<Int>()
        await #expect(throws: DeadlineExceeded.self) {
            try await signal.next(within: .milliseconds(20))
        }
        signal.send(5)
        #expect(try await signal.next() == 5)
    }

    @Test func `waiting for a condition ends when it holds or at the limit`() async throws {
        var looks = 0
        try await eventually {
            looks += 1
            return looks == 3
        }
        #expect(looks == 3)
        let failure = await #expect(throws: DeadlineExceeded.self) {
            try await eventually(within: .milliseconds(20), "a miracle") { false }
        }
        #expect(failure?.expectation == "a miracle")
    }

    @Test func `an operation over its deadline is cancelled`() async throws {
        let cancelled = TestSignal<Bool>()
        await #expect(throws: DeadlineExceeded.self) {
            try await withDeadline(.milliseconds(20), for: "an endless wait") {
                let never = TestSignal<Void>()
                defer { cancelled.send(Task.isCancelled) }
                try await never.next(within: .seconds(600))
            }
        }
        #expect(try await cancelled.next())
        #expect(try await withDeadline(.seconds(20), for: "a number") { 3 } == 3)
    }
}
