// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// Runs what blocks on the file system outside Swift's cooperative threads.
enum FileWork {
    private static let queue = DispatchQueue(label: "tlao.files", attributes: .concurrent)

    /// Runs `work` on a thread of Dispatch; cancelling the caller doesn't interrupt it.
    static func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
