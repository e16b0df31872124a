// SPDX-License-Identifier: Apache-2.0

public import Seams
public import Storage

/// Carries transactions through to a certain end: contention is retried, a lost answer is resolved
/// by reading.
///
/// The transaction must have a condition that its own repetition fails, and a proof that tells
/// whether it went through; then trying again after a lost answer can't do it twice.
public struct Transactions: Sendable {
    /// The table they are made on.
    public let table: any Table
    private let time: any TimeSource
    private let random: any RandomSource

    /// The longest pause between two attempts.
    private static let pauseLimit: Duration = .milliseconds(500)

    /// Creates the committer of transactions on `table`.
    public init(table: any Table, time: any TimeSource, random: any RandomSource) {
        self.table = table
        self.time = time
        self.random = random
    }

    /// Does all writes or none, and says which.
    ///
    /// Contention and throttling are retried with full jitter until `patience` is over.
    ///
    /// - Throws: ``TableError`` when the table can't be reached or refuses the request, or, once
    ///   patience is over, `contention`, `throttled` or `unknownOutcome`.
    public func commit(
        _ writes: [TableWrite], proof: CommitProof, patience: Duration = .seconds(10)
    ) async throws(TableError) -> Commit {
        let end = time.elapsed + patience
        var pause: Duration = .milliseconds(5)
        var isInDoubt = false
        while true {
            do throws(TableError) {
                try await table.transact(writes)
                return .committed
            } catch {
                switch error.code {
                case .conditionFailed:
                    if isInDoubt, try await isProven(proof) { return .committed }
                    return .refused(error.failedWrites)
                case .unknownOutcome:
                    isInDoubt = true
                    if try await isProven(proof) { return .committed }
                case .contention, .throttled: break
                default: throw error
                }
                guard time.elapsed < end else { throw error }
            }
            await wait(random.part(of: pause))
            pause = min(pause * 2, Self.pauseLimit)
        }
    }

    private func isProven(_ proof: CommitProof) async throws(TableError) -> Bool {
        proof.condition.holds(on: try await table.get(proof.key))
    }

    /// Waits, also when the task is cancelled: a transaction that was begun is brought to a certain
    /// end.
    private func wait(_ pause: Duration) async {
        do { try await time.sleep(for: pause) } catch { await Task.yield() }
    }
}
