// SPDX-License-Identifier: Apache-2.0

/// Runs calls that block in C, one thread each.
///
/// They are rare (metadata, commits, admin), so that a thread for each is cheaper than a pool whose
/// calls would hold one another up. Each call has a time limit of its own in C.
enum BlockingCalls {
    /// Runs `body` on a thread of its own.
    ///
    /// A cancelled caller goes on at once; the call then ends by itself, and its result is dropped.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(KafkaError) -> Value
    ) async throws(KafkaError) -> Value {
        let promise = Promise<Value>()
        try DedicatedThread.start {
            promise.resolve(Result(catching: body))
        }
        return try await promise.value()
    }
}
