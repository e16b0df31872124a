// SPDX-License-Identifier: Apache-2.0

/// The output of a hosted process as it comes, each piece delivered once.
///
/// For one reader at a time. Ends early when the reading task is cancelled.
public struct ProcessOutputSequence: AsyncSequence, Sendable {
    /// A piece of output.
    public typealias Element = ProcessOutput
    /// Reading never fails: what goes wrong with a process is its outcome.
    public typealias Failure = Never

    let supervision: Supervision

    /// Takes the pieces one by one.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let supervision: Supervision

        /// The next piece; nil at the end.
        public mutating func next() async -> ProcessOutput? {
            await supervision.nextOutput()
        }

        /// The next piece; nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> ProcessOutput? {
            await supervision.nextOutput()
        }
    }

    /// Begins, or goes on, where the last reader stopped.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(supervision: supervision)
    }
}
