// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// Runs work that blocks (libarchive, the file system) on a thread of its own.
enum BlockingThread {
    /// Waits for `body`, which runs on no thread of the cooperative pool.
    ///
    /// When the waiting task is cancelled, `body` learns it from the flag it was given, and its
    /// end is waited for all the same: nothing is used after this returns.
    static func run<Value: Sendable, Failure: Error>(
        _ body: @escaping @Sendable (CancellationFlag) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let flag = CancellationFlag()
        // A serial queue of its own gets a thread of its own, however many others are blocked.
        let queue = DispatchQueue(label: "tlao.archive")
        let result: Result<Value, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async {
                    do throws(Failure) {
                        continuation.resume(returning: .success(try body(flag)))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            }
        } onCancel: {
            flag.set()
        }
        return try result.get()
    }
}

/// Tells a thread that nobody waits for its result any more.
final class CancellationFlag: Sendable {
    private let isSet = Atomic(false)

    func set() {
        isSet.store(true, ordering: .relaxed)
    }

    /// Throws once the flag is set; called between two blocks of bytes.
    func check() throws(ArchiveError) {
        if isSet.load(ordering: .relaxed) { throw .cancelled }
    }
}
