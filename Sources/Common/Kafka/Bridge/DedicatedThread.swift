// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Starts threads of our own, where C may block without holding up Swift's cooperative pool.
///
/// A dispatch queue would not do: on Linux its workers come from the pool that also runs tasks.
enum DedicatedThread {
    /// Keeps the body alive until the thread takes it over.
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a new, detached thread.
    static func start(_ body: @escaping @Sendable () -> Void) throws(KafkaError) {
        let retained = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, retained.toOpaque())
        guard status == 0 else {
            // No thread was made, so nobody else will take the body back.
            retained.release()
            throw KafkaError(
                code: .resourceExhausted,
                reason: "No thread could be started: \(String(cString: strerror(status)))")
        }
        pthread_detach(thread)
    }
}
