// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Starts a thread of its own for work that blocks in system calls.
enum ChildThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// Runs `body` on a new thread, with every signal blocked: signals are for the other threads,
    /// and a write to a closed pipe is to fail here and not to kill.
    ///
    /// Throws when there is no thread to be had; `body` is then not run.
    static func start(_ body: @escaping @Sendable () -> Void) throws(ProcessError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 512 * 1024)

        // Taken back by the thread, or below when there is none.
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let result = withAllSignalsBlocked {
            pthread_create(
                &thread, &attributes,
                { context in
                    guard let context else { return nil }
                    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                    return nil
                }, work.toOpaque())
        }
        guard result == 0 else {
            work.release()
            throw ProcessError(
                .resourcesExhausted, "The system gives no thread.", systemError: result)
        }
    }

    /// A new thread has the signal mask of the one that made it.
    private static func withAllSignalsBlocked<Result>(_ body: () -> Result) -> Result {
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return body()
    }
}
