// SPDX-License-Identifier: Apache-2.0

/// Carries the asynchronous work of event loops, which have no tasks of their own, to a structured
/// group.
///
/// Unbounded on purpose: each connection has at most one piece of work under way, and each feed.
final class WorkQueue: Sendable {
    typealias Work = @Sendable () async -> Void

    private let stream: AsyncStream<Work>
    private let continuation: AsyncStream<Work>.Continuation

    init() {
        (stream, continuation) = AsyncStream<Work>.makeStream(bufferingPolicy: .unbounded)
    }

    /// Has `work` done soon; never blocks.
    func add(_ work: @escaping Work) {
        continuation.yield(work)
    }

    /// Does what is added, at most `width` pieces at once, until the task is cancelled.
    func run(width: Int) async {
        await withTaskGroup(of: Void.self) { group in
            var underway = 0
            for await work in stream {
                if underway == width { await group.next() } else { underway += 1 }
                group.addTask { await work() }
            }
        }
    }
}
