// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Kafka

@Suite(.timeLimit(.minutes(1)))
struct PromiseTests {
    @Test func `the first outcome counts, and every waiter gets it`() async throws {
        let promise = Promise<Int>()
        async let first = promise.value()
        async let second = promise.value()
        #expect(promise.resolve(.success(1)))
        #expect(!promise.resolve(.success(2)))
        #expect(try await first == 1)
        #expect(try await second == 1)
        #expect(try await promise.value() == 1)
    }

    @Test func `a cancelled waiter ends alone`() async throws {
        let promise = Promise<Int>()
        let cancelled = Task { try await promise.value() }
        async let other = promise.value()
        cancelled.cancel()
        await #expect(throws: KafkaError.self) { try await cancelled.value }
        promise.resolve(.success(3))
        #expect(try await other == 3)
    }

    @Test func `cancelling and resolving at once resumes each waiter once`() async throws {
        for _ in 0..<500 {
            let promise = Promise<Int>()
            let waiting = Task { try await promise.value() }
            async let isFirst = Task { promise.resolve(.success(1)) }.value
            waiting.cancel()
            // A second resumption would trap, a missing one would hang.
            _ = await waiting.result
            #expect(await isFirst)
        }
    }
}
