// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Work that Ctrl-C cancels in good order the first time, and ends at once the second time.
enum Interruptible {
    /// Runs `body`; answers nil when it was interrupted, after it has come to its end.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        let (interruptions, arrivals) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let isInterrupted = Atomic(false)
        let source = InterruptSource(SIGINT) {
            if isInterrupted.exchange(true, ordering: .relaxed) {
                exit(ExitStatus.interrupted.number)
            }
            arrivals.yield()
        }
        defer { source.cancel() }
        do {
            return try await withThrowingTaskGroup(of: Value?.self) { group in
                group.addTask { try await body() }
                group.addTask {
                    for await _ in interruptions { return nil }
                    throw CancellationError()
                }
                return try await first(of: &group)
            }
        } catch  where isInterrupted.load(ordering: .relaxed) {
            // The terminal interrupts the programs that were started too; their failing may be
            // heard of first.
            return nil
        }
    }

    /// What ends first decides; of what is cancelled by it nothing more is heard.
    private static func first<Value: Sendable>(
        of group: inout ThrowingTaskGroup<Value?, any Error>
    ) async throws -> Value? {
        let result = await group.nextResult()
        group.cancelAll()
        while await group.nextResult() != nil {}
        return try result?.get() ?? nil
    }
}
